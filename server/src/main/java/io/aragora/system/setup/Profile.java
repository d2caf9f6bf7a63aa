package io.aragora.system.setup;

import java.time.Period;

/** What a certificate is good for, who signs it, and for how long. */
enum Profile {
  DATABASE_CLIENT(Root.DATABASE, Period.ofYears(2)),
  DATABASE_SERVER(Root.DATABASE, Period.ofYears(2)),
  WEB_INTERMEDIATE(Root.WEB, Period.ofYears(5));

  /** The two authorities: who trusts the one has no reason to trust the other. */
  enum Root {
    DATABASE("db-ca", "Aragora database authority"),
    WEB("root", "Aragora appliance root");

    static final Period LIFE = Period.ofYears(10);

    private final String file;
    private final String title;

    Root(String file, String title) {
      this.file = file;
      this.title = title;
    }

    String title() {
      return title;
    }

    String keyFile() {
      return file + ".key";
    }

    String certificate() {
      return file + ".crt";
    }
  }

  private final Root root;
  private final Period life;

  Profile(Root root, Period life) {
    this.root = root;
    this.life = life;
  }

  Root root() {
    return root;
  }

  Period life() {
    return life;
  }
}
