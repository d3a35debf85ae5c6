namespace Tidemark.Sqlite.Tests;

/// <summary>A folder of its own for one test, removed with everything in it.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => Directory.CreateDirectory(Path);

    public string Path { get; } = System.IO.Path.Combine(
        System.IO.Path.GetTempPath(), "tidemark-tests", System.IO.Path.GetRandomFileName());

    /// <summary>Where a store of this folder is.</summary>
    public string Store => System.IO.Path.Combine(Path, "tidemark.db");

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
