using System.Text.Json.Nodes;
using Shouldly;
using Tidemark.Cli.Tests.Unit.Documentation;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd.Operations;

/// <summary>The container file takes what is published, all of it and nothing else; what it starts starts, and what asks after its health is told.</summary>
public sealed class ContainerTests : IDisposable
{
    private const string Context = "/opt/tidemark/";

    private static readonly string Published = Path.GetDirectoryName(TidemarkProcess.Executable)!;

    private readonly Workspace _work = new();

    private static string[] Lines => RepositoryFile.Read("deploy/Containerfile").Replace("\\\n", "", StringComparison.Ordinal).Split('\n');

    public void Dispose() => _work.Dispose();

    [Fact]
    public void It_copies_what_is_published()
    {
        Assert.SkipUnless(File.Exists(Path.Combine(Published, "libe_sqlite3.so")) && !File.Exists(Path.Combine(Published, "tidemark.dll")), "eng/publish did not make the executable; eng/test does");
        var copied = Copies().Select(copy => copy.Source.TrimEnd('/')).ToList();

        foreach (var source in copied)
        {
            Path.Exists(Path.Combine(Published, source)).ShouldBeTrue($"'{source}' is not published");
        }

        Directory.GetFileSystemEntries(Published).Select(entry => Path.GetFileName(entry)).Where(name => !name.EndsWith(".dbg", StringComparison.Ordinal) && !name.EndsWith(".xml", StringComparison.Ordinal))
            .ShouldBe(copied, ignoreOrder: true);
    }

    [Fact]
    public void It_runs_as_nobody_in_particular_and_what_it_starts_is_there()
    {
        Instruction("USER").ShouldNotStartWith("0");
        var targets = Copies().Select(copy => copy.Target + copy.Source).ToList();
        ((string)JsonNode.Parse(Instruction("ENTRYPOINT"))!.AsArray().Single()!).ShouldBeOneOf([.. targets]);
        var check = Instruction("HEALTHCHECK");
        targets.ShouldContain($"{Context}server/");
        check.ShouldContain($"{Context}server/tidemark-server.dll");
    }

    [Fact]
    public async Task What_asks_after_its_health_is_told()
    {
        using var service = await ServedIndex.StartAsync(_work);
        _work.Environment["TIDEMARK__SERVER__LISTEN"] = service.Address;
        string[] probe = [Path.Combine(Published, "server", "tidemark-server.dll"), "health"];

        using (var asked = TidemarkProcess.Start(_work.Root, probe, _work.Environment, "dotnet"))
        {
            (await asked.FinishAsync()).ShouldExit(0);
        }

        await service.StopAsync();
        using var again = TidemarkProcess.Start(_work.Root, probe, _work.Environment, "dotnet");
        (await again.FinishAsync()).ShouldExit(1).Errors.ShouldContain("does not answer");
    }

    private static IEnumerable<(string Source, string Target)> Copies() => Lines.Where(line => line.StartsWith("COPY ", StringComparison.Ordinal))
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..])
        .SelectMany(words => words[..^1].Select(source => (source, source.EndsWith('/') ? words[^1][..^source.Length] : words[^1])));

    private static string Instruction(string name) => Lines.Single(line => line.StartsWith(name + " ", StringComparison.Ordinal))[(name.Length + 1)..].Trim();
}
