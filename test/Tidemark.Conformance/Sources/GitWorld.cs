using System.Diagnostics;
using System.Text;
using Shouldly;
using Tidemark.Documents;
using Tidemark.Sources;

namespace Tidemark.Conformance.Sources;

/// <summary>Documents in a repository without a work tree.</summary>
public sealed class GitWorld : SourceWorld
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tidemark-git-world-").FullName;
    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    public static bool IsInstalled { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "git")));

    public GitWorld() => Run("init", "--quiet", "--bare", "--initial-branch=main", ".");

    public override string DocumentOf(string id) => $"docs/{id}.txt";

    public override async Task PutAsync(params IReadOnlyList<(string Id, string Text)> documents)
    {
        foreach (var (id, text) in documents)
        {
            _files[id] = Encoding.UTF8.GetBytes(text);
        }

        await CommitAsync();
    }

    public override async Task RemoveAsync(params IReadOnlyList<string> ids)
    {
        foreach (var id in ids)
        {
            _files.Remove(id);
        }

        await CommitAsync();
    }

    public override async Task SpoilAsync(string id)
    {
        _files[id] = "no text\0"u8.ToArray();
        await CommitAsync();
    }

    public override IDocumentSource Source() => new GitSource(new GitOptions { Name = "docs", Repository = _folder, Revision = "main", Folder = "all" });

    /// <summary>The tree's object is gone.</summary>
    public override IDocumentSource CutSource()
    {
        var tree = Run("rev-parse", "main:all").Trim();
        var file = Path.Combine(_folder, "objects", tree[..2], tree[2..]);
        var aside = file + ".aside";
        File.Move(file, aside);
        return new CutTree(Source(), () => File.Move(aside, file));
    }

    public override ValueTask DisposeAsync()
    {
        foreach (var file in Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories))
        {
            File.SetAttributes(file, FileAttributes.Normal);
        }

        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private Task CommitAsync()
    {
        var import = new StringBuilder();
        import.Append("commit refs/heads/main\ncommitter A <a@example.org> 1700000000 +0000\ndata 0\ndeleteall\n");
        foreach (var (id, content) in _files)
        {
            var text = Encoding.UTF8.GetString(content);
            import.Append($"M 100644 inline all/{id}.txt\ndata {content.Length}\n{text}\n");
        }

        Run(Encoding.UTF8.GetBytes(import.ToString()), "fast-import", "--quiet", "--force");
        Loosen();
        return Task.CompletedTask;
    }

    /// <summary>So that one object can be taken away, they lie singly.</summary>
    private void Loosen()
    {
        var packs = Path.Combine(_folder, "objects", "pack");
        foreach (var pack in Directory.GetFiles(packs, "*.pack"))
        {
            var aside = Path.Combine(_folder, Path.GetFileName(pack));
            File.Move(pack, aside);
            foreach (var beside in Directory.GetFiles(packs, Path.GetFileNameWithoutExtension(pack) + ".*"))
            {
                File.SetAttributes(beside, FileAttributes.Normal);
                File.Delete(beside);
            }

            Run(File.ReadAllBytes(aside), "unpack-objects", "-q");
            File.SetAttributes(aside, FileAttributes.Normal);
            File.Delete(aside);
        }
    }

    private string Run(params string[] arguments) => Run(Array.Empty<byte>(), arguments);

    private string Run(byte[] input, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = _folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["GIT_CONFIG_GLOBAL"] = "/dev/null", ["GIT_CONFIG_NOSYSTEM"] = "1" },
        };
        using var process = Process.Start(start)!;
        process.StandardInput.BaseStream.Write(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, string.Join(' ', arguments));
        return output;
    }

    /// <summary>Puts the object back when it was found missing.</summary>
    private sealed class CutTree(IDocumentSource inner, Action mend) : IDocumentSource
    {
        public string Name => inner.Name;

        public CleanupMode DefaultCleanup => inner.DefaultCleanup;

        public string? Place => inner.Place;

        public ListingSize? Size => null;

        public async IAsyncEnumerable<ListingPage> ListAsync(
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            try
            {
                await foreach (var page in inner.ListAsync(cancellationToken))
                {
                    yield return page;
                }
            }
            finally
            {
                mend();
            }
        }
    }
}
