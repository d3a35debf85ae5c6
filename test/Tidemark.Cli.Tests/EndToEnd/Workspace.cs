using System.Text;
using Shouldly;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>A temporary folder to work in, with the executable at hand.</summary>
internal sealed class Workspace : IDisposable
{
    /// <summary>The store that a command without <c>--store</c> uses.</summary>
    public const string Database = ".tidemark/tidemark.db";

    public string Root { get; } = Directory.CreateTempSubdirectory("tidemark-test-").FullName;

    public string PathOf(string path) => Path.Combine(Root, path);

    public Workspace Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    public Workspace Write(string path, byte[] content)
    {
        var full = PathOf(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, content);
        return this;
    }

    /// <summary>One JSON object a line, as they are given.</summary>
    public Workspace WriteLines(string path, params IEnumerable<string> lines) =>
        Write(path, string.Concat(lines.Select(l => l + "\n")));

    public Workspace Edit(string path, string old, string @new)
    {
        var text = File.ReadAllText(PathOf(path));
        text.ShouldContain(old);
        return Write(path, text.Replace(old, @new, StringComparison.Ordinal));
    }

    public Workspace Move(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(to))!);
        File.Move(PathOf(from), PathOf(to));
        return this;
    }

    public Workspace Delete(string path)
    {
        File.Delete(PathOf(path));
        return this;
    }

    /// <summary>Variables that every call of this workspace gets.</summary>
    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    public TidemarkProcess Start(params string[] arguments) => TidemarkProcess.Start(Root, arguments, Environment);

    /// <summary>Starts what is built for the .NET runtime, which loads each assembly when it is needed; native code holds them all.</summary>
    public TidemarkProcess StartBuilt(params string[] arguments) =>
        TidemarkProcess.Start(Root, arguments, Environment, TidemarkProcess.Built);

    /// <summary>Until what was just written is older than the clock's step: before, a file is read again however it looks.</summary>
    public static Task SettleAsync() => Task.Delay(TimeSpan.FromMilliseconds(50), CancellationToken.None);

    public async Task<ProcessResult> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        return await process.FinishAsync();
    }

    public async Task<ProcessResult> RunInAsync(
        string directory, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        // The whole workspace is home, or settings above the folder would not be looked for.
        var around = new Dictionary<string, string>(environment, StringComparer.Ordinal);
        around.TryAdd("HOME", Root);
        using var process = TidemarkProcess.Start(PathOf(directory), arguments, around);
        return await process.FinishAsync();
    }

    /// <summary>Runs <c>sync … --json</c>, expecting the exit code.</summary>
    public Task<SyncOutcome> SyncAsync(params string[] arguments) => SyncAsync(0, arguments);

    public async Task<SyncOutcome> SyncAsync(int exitCode, params string[] arguments) =>
        new((await RunAsync(["sync", .. arguments, "--json"])).ShouldExit(exitCode));

    public async Task<SyncOutcome> PlanAsync(params string[] arguments) =>
        new((await RunAsync(["plan", .. arguments, "--json"])).ShouldExit(0));

    /// <summary>What readers may get, as text: equal for equal indexes.</summary>
    public async Task<string> ExportAsync(params string[] arguments) =>
        (await RunAsync(["export", .. arguments])).ShouldExit(0).Output;

    /// <summary>Source, records and index agree.</summary>
    public async Task VerifyCleanAsync(params string[] arguments)
    {
        var result = (await RunAsync(["verify", .. arguments, "--json"])).ShouldExit(0);
        ((bool)result.Json["inSync"]!).ShouldBeTrue(result.ToString());
    }

    /// <summary>The index is in step, and it is what a fresh build of the same sources with the same settings gives.</summary>
    public async Task ShouldEqualFreshBuildAsync(params string[] syncArguments)
    {
        await VerifyCleanAsync();
        var incremental = await ExportAsync();
        var fresh = $"sqlite:fresh-{Guid.NewGuid():N}.db";
        await SyncAsync([.. syncArguments, "--store", fresh]);
        (await ExportAsync("--store", fresh)).ShouldBe(incremental);
    }

    public IReadOnlyList<string> Documents(string export) =>
        [.. export.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => (string)System.Text.Json.Nodes.JsonNode.Parse(l)!["document"]!)
            .Distinct(StringComparer.Ordinal)];

    public void Dispose()
    {
        // Not Directory.Delete: it cannot name every file that a test can make.
        using var remove = System.Diagnostics.Process.Start("rm", ["-rf", Root]);
        remove.WaitForExit();
    }
}
