using System.Text;

namespace Tidemark.Tests.Sources;

/// <summary>A folder of this test alone, gone afterwards.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private readonly string _outer = Directory.CreateTempSubdirectory("tidemark-sources-").FullName;

    public TemporaryFolder()
    {
        Root = System.IO.Path.Combine(_outer, "root");
        Directory.CreateDirectory(Root);
    }

    /// <summary>The folder that a source reads; there is room beside it.</summary>
    public string Root { get; }

    public string Path(string relative) => System.IO.Path.Combine(Root, relative);

    public string Write(string relative, string content = "text") => Write(relative, Encoding.UTF8.GetBytes(content));

    public string Write(string relative, byte[] content)
    {
        var path = Path(relative);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    public void Link(string relative, string target) => File.CreateSymbolicLink(Path(relative), target);

    public void Dispose() => Directory.Delete(_outer, recursive: true);
}
