package io.aragora.testing.architecture;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** One Java file as its author sees it: lines, methods and texts. */
public record SourceFile(
    Path path, String packageName, int lines, List<Method> methods, List<String> texts) {

  /** One method or constructor; a record's canonical constructor counts no parameters. */
  public record Method(String name, int lines, int parameters) {}

  /** One SQL file. */
  public record Sql(Path path, String text) {
    static List<Sql> under(Path folder) {
      return files(folder, ".sql").stream().map(path -> new Sql(path, read(path))).toList();
    }
  }

  String name() {
    return path.getFileName().toString().replace(".java", "");
  }

  /** Parses every Java file below a folder; a folder that does not exist has none. */
  public static List<SourceFile> under(Path folder) {
    var paths = files(folder, ".java");
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var manager = compiler.getStandardFileManager(null, null, null)) {
      var task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  null,
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(paths));
      var found = new ArrayList<SourceFile>();
      var trees = Trees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        found.add(new Reader(unit, trees).read());
      }
      return List.copyOf(found);
    } catch (IOException bad) {
      throw new UncheckedIOException(bad);
    }
  }

  private static List<Path> files(Path folder, String ending) {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (var all = Files.walk(folder)) {
      return all.filter(path -> path.toString().endsWith(ending)).sorted().toList();
    } catch (IOException bad) {
      throw new UncheckedIOException(bad);
    }
  }

  private static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException bad) {
      throw new UncheckedIOException(bad);
    }
  }

  /** Walks one parsed file. */
  private static final class Reader extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private final CompilationUnitTree unit;
    private final Trees trees;
    private final List<Method> methods = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();

    Reader(CompilationUnitTree unit, Trees trees) {
      this.unit = unit;
      this.trees = trees;
    }

    SourceFile read() {
      scan(unit, null);
      var path = Path.of(unit.getSourceFile().toUri());
      return new SourceFile(
          path,
          String.valueOf(unit.getPackageName()),
          (int) SourceFile.read(path).lines().count(),
          List.copyOf(methods),
          List.copyOf(texts));
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
      var places = trees.getSourcePositions();
      var body = method.getBody() == null ? method : method.getBody();
      long first = line(places.getStartPosition(unit, body));
      long last = line(places.getEndPosition(unit, body));
      boolean inRecord =
          getCurrentPath().getParentPath().getLeaf() instanceof ClassTree type
              && type.getKind() == Tree.Kind.RECORD;
      boolean builds = inRecord && method.getReturnType() == null;
      methods.add(
          new Method(
              method.getName().toString(),
              (int) (last - first + 1),
              builds ? 0 : method.getParameters().size()));
      return super.visitMethod(method, unused);
    }

    @Override
    public @Nullable Void visitLiteral(LiteralTree literal, @Nullable Void unused) {
      if (literal.getValue() instanceof String text) {
        texts.add(text);
      }
      return null;
    }

    private long line(long position) {
      return unit.getLineMap().getLineNumber(position);
    }
  }
}
