package io.aragora.platform.crypto;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Random;

/** Trees of all kinds of JSON values, with names and texts that need care. */
final class RandomTrees {
  private static final String SIGNS =
      "ab\"\\\b\f\n\r\t\u0000\u001f\u007f\u0080/<\u20ac\ufb33\uffff";

  private RandomTrees() {}

  static ObjectNode object(Random random, int levels) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (int i = random.nextInt(5); i > 0; i--) {
      String name = text(random);
      switch (random.nextInt(levels == 0 ? 6 : 8)) {
        case 0 -> object.put(name, random.nextLong(-(1L << 53) + 1, 1L << 53));
        case 1 -> object.put(name, random.nextInt());
        case 2 -> object.put(name, random.nextGaussian() * Math.pow(10, random.nextInt(-30, 30)));
        case 3 -> object.put(name, text(random));
        case 4 -> object.put(name, random.nextBoolean());
        case 5 -> object.putNull(name);
        case 6 -> object.set(name, object(random, levels - 1));
        default -> object.set(name, array(random, levels - 1));
      }
    }
    return object;
  }

  private static ArrayNode array(Random random, int levels) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (int i = random.nextInt(4); i > 0; i--) {
      array.add(object(random, levels)).add(random.nextFloat()).add(text(random));
    }
    return array;
  }

  private static String text(Random random) {
    var text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      text.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
    }
    return random.nextInt(9) == 0 ? text + "\ud83d\ude00" : text.toString();
  }
}
