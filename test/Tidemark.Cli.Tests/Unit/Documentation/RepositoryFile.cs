using System.Runtime.CompilerServices;
using Shouldly;

namespace Tidemark.Cli.Tests.Unit.Documentation;

/// <summary>A file of the repository, as a rule one that is generated from the code.</summary>
internal static class RepositoryFile
{
    public static string Root { get; } = Find();

    /// <summary>
    /// Fails where the file is not what the code says; with <c>TIDEMARK_UPDATE_DOCS=1</c> writes it instead.
    /// </summary>
    public static void ShouldBe(string path, string generated)
    {
        var full = Path.Combine(Root, path);
        if (Environment.GetEnvironmentVariable("TIDEMARK_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(full, generated);
        }

        var written = File.Exists(full) ? File.ReadAllText(full) : "";
        written.ShouldBe(
            generated, $"'{path}' is not what the code says: run the tests once with TIDEMARK_UPDATE_DOCS=1");
    }

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string Find([CallerFilePath] string file = "")
    {
        var folder = Path.GetDirectoryName(file)!;
        while (!File.Exists(Path.Combine(folder, "Tidemark.slnx")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
