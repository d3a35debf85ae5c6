using System.Diagnostics;
using Shouldly;
using Tidemark.Documents;
using Tidemark.Sources;

namespace Tidemark.Conformance.Sources;

/// <summary>Documents as files of a folder.</summary>
public sealed class DirectoryWorld : SourceWorld
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tidemark-folder-world-").FullName;

    private string Deep => Path.Combine(_folder, new string('d', 200));

    /// <summary>A file that was written this moment is read again: its time says nothing yet.</summary>
    public override bool HasTokens => false;

    public override string DocumentOf(string id) => $"docs/{id}.txt";

    public override async Task PutAsync(params IReadOnlyList<(string Id, string Text)> documents)
    {
        foreach (var (id, text) in documents)
        {
            await File.WriteAllTextAsync(FileOf(id), text);
        }
    }

    public override Task RemoveAsync(params IReadOnlyList<string> ids)
    {
        foreach (var id in ids)
        {
            File.Delete(FileOf(id));
        }

        return Task.CompletedTask;
    }

    public override Task SpoilAsync(string id) => File.WriteAllTextAsync(FileOf(id), "no text\0");

    public override IDocumentSource Source()
    {
        if (Directory.Exists(Deep))
        {
            Run("rm", "-rf", Deep);
        }

        return new DirectorySource(new DirectoryOptions { Name = "docs", Path = _folder });
    }

    /// <summary>Part of it lies deeper than the system lists.</summary>
    public override IDocumentSource CutSource()
    {
        var source = Source();
        Run("mkdir", "-p", Path.Combine([_folder, .. Enumerable.Repeat(Path.GetFileName(Deep), 22)]));
        return source;
    }

    public override ValueTask DisposeAsync()
    {
        Run("rm", "-rf", _folder);
        return ValueTask.CompletedTask;
    }

    private string FileOf(string id) => Path.Combine(_folder, $"{id}.txt");

    /// <summary>No call takes such a path whole.</summary>
    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, program);
    }
}
