package io.aragora.receipt;

/** The paths under which words are disclosed: each points at its commitment in the payload. */
final class Words {
  static final String QUESTION = "/predicate/question/commitment";
  static final String CONTEXT = "/predicate/question/context_commitment";
  static final String SYNTHESIS = "/predicate/synthesis/text_commitment";
  static final String ATTESTOR = "/predicate/oversight/attestor_commitment";

  private Words() {}

  static String label(int option) {
    return "/predicate/options/" + option + "/label_commitment";
  }

  static String dissent(int place) {
    return "/predicate/dissent/" + place + "/text_commitment";
  }

  static String reason(int ballot) {
    return "/predicate/ballots/" + ballot + "/content_commitment";
  }
}
