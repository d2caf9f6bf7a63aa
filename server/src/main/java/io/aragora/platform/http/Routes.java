package io.aragora.platform.http;

import java.util.List;

/** The operations of one feature, in the order the documentation shows them. */
public interface Routes {
  List<Endpoint> endpoints();
}
