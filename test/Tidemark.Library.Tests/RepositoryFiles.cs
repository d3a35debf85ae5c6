using Shouldly;

namespace Tidemark.Library.Tests;

/// <summary>The working tree that these tests were built from.</summary>
internal static class RepositoryFiles
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>Fails where the file is not as it should be; with <c>TIDEMARK_UPDATE_DOCS=1</c> writes it instead.</summary>
    public static void ShouldBe(string path, string wanted, string remedy)
    {
        var full = Path.Combine(Root, path);
        if (Environment.GetEnvironmentVariable("TIDEMARK_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(full, wanted);
        }

        var written = File.Exists(full) ? File.ReadAllText(full) : "";
        written.ShouldBe(wanted, $"'{path}': {remedy}");
    }

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "Tidemark.slnx"))
            ? folder
            : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Tidemark.slnx is not above the tests."));
}
