package io.aragora.platform.mail;

/** Seals a mail's words while they wait: they may hold a link that lets somebody in. */
public interface MailSeal {
  /** Keeps them as they are. */
  MailSeal NONE =
      new MailSeal() {
        @Override
        public byte[] seal(String where, byte[] plain) {
          return plain;
        }

        @Override
        public byte[] open(String where, byte[] sealed) {
          return sealed;
        }
      };

  byte[] seal(String where, byte[] plain);

  byte[] open(String where, byte[] sealed);
}
