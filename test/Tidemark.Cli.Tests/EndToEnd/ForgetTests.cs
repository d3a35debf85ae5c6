using System.Text;
using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>What is forgotten, to the bytes of the file.</summary>
public sealed class ForgetTests : IDisposable
{
    private const string Secret = "Wilhelmina Quarterstaff lives in Pelican Crescent";

    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task No_byte_of_it_is_left_and_no_sync_takes_it_again()
    {
        for (var i = 0; i < 40; i++)
        {
            _work.Write($"docs/{i:00}.md", $"# Page {i}\n\nThe text of page number {i}, which is of no interest.\n");
        }

        _work.Write("docs/wilhelmina-quarterstaff.md", $"---\nowner: Wilhelmina\n---\n# Person\n\n{Secret}.\n");
        await _work.SyncAsync("docs");
        _work.Write("docs/wilhelmina-quarterstaff.md", $"# Person\n\n{Secret}, and did so before.\n");
        await _work.SyncAsync("docs");
        (await _work.RunAsync("golden", "record", "who lives in Pelican Crescent", "--expect", "docs/wilhelmina-quarterstaff.md")).ShouldExit(0);
        (await _work.RunAsync("golden", "record", "of no interest", "--expect", "docs/01.md,docs/wilhelmina-quarterstaff.md")).ShouldExit(0);
        (await _work.RunAsync("golden", "run")).ShouldExit(0);
        Bytes().ShouldContain("Pelican Crescent");

        var receipt = (await _work.RunAsync("forget", "docs/wilhelmina-quarterstaff.md", "--json")).ShouldExit(0).Json;

        receipt["documents"]!.GetValue<long>().ShouldBe(1);
        receipt["suppressed"]!.AsArray().Single()!.GetValue<string>().ShouldStartWith("sha256:");
        receipt["removed"]!["history"]!.GetValue<long>().ShouldBe(2);
        receipt["removed"]!["golden"]!.GetValue<long>().ShouldBe(2 + 1);
        receipt["probes"]!.AsArray().Single(probe => (string)probe!["place"]! == "database file")!["found"]!.GetValue<long>().ShouldBe(0);
        ((string)receipt["signature"]!).Length.ShouldBeGreaterThan(40);
        Bytes().ShouldSatisfyAllConditions(
            bytes => bytes.ShouldNotContain("Pelican Crescent"), bytes => bytes.ShouldNotContain("wilhelmina-quarterstaff"), bytes => bytes.ShouldNotContain("pelican"));
        var again = (await _work.RunAsync("sync", "docs", "--json")).ShouldExit(0).Json["documents"]!;
        (again["forgotten"]!.GetValue<long>(), again["skipped"]!.GetValue<long>(), again["seen"]!.GetValue<long>()).ShouldBe((1, 40, 41));
        (await _work.RunAsync("search", "pelican", "--mode", "keyword", "--json")).ShouldExit(0).Json["hits"]!.AsArray().ShouldBeEmpty();
        (await _work.RunAsync("verify", "docs", "--json")).ShouldExit(0).Json["inSync"]!.GetValue<bool>().ShouldBeTrue();
        (await _work.RunAsync("history", "docs/wilhelmina-quarterstaff.md", "--json")).ShouldExit(2);

        var exported = (await _work.RunAsync("forget", "--export")).ShouldExit(0).Output;
        exported.ShouldNotContain("wilhelmina");
        (await _work.RunAsync("forget", "--lift", "docs/wilhelmina-quarterstaff.md")).ShouldExit(0);
        await _work.SyncAsync("docs");
        _work.Write("forgotten.jsonl", exported);
        (await _work.RunAsync("forget", "--reapply", "forgotten.jsonl", "--json")).ShouldExit(0).Json["documents"]!.GetValue<long>().ShouldBe(1);
        Bytes().ShouldNotContain("Pelican Crescent");
        (await _work.RunAsync("forget", "--lift", "docs/nothing.md", "--json")).ShouldFail(2, ErrorCodes.ForgetMissing);
        (await _work.RunAsync("namespace", "drop", "default", "--yes", "--json")).ShouldFail(5, ErrorCodes.ForgetRemembered);
        (await _work.RunAsync("forget", "--json")).ShouldFail(2, ErrorCodes.Usage);
        (await _work.RunAsync("forget", "a", "--source", "b", "--json")).ShouldFail(2, ErrorCodes.Usage);
        (await _work.RunAsync("forget", "--reapply", "docs/00.md", "--json")).ShouldFail(2, ErrorCodes.Usage);
        (await _work.RunAsync("forget", "--reapply", "docs", "--json")).ShouldFail(2, ErrorCodes.SourceMissing);
        foreach (var command in new[] { "history", "show", "why" })
        {
            (await _work.RunAsync(command, "", "--json")).ShouldFail(2, ErrorCodes.Usage);
        }

        (await _work.RunAsync("forget", "docs/00.md")).ShouldExit(0).Output.ShouldContain("nothing found");
    }

    [Fact]
    public async Task Nothing_of_what_it_was_before_or_of_what_waited_is_left_in_free_space()
    {
        string[] words = [.. Enumerable.Range(0, 400).Select(i => $"marmalade{i:000}")];
        for (var i = 0; i < 60; i++)
        {
            _work.Write($"docs/{i:00}.md", $"# Page {i}\n\nThe text of page number {i}, which is of no interest.\n");
        }

        _work.Write("docs/x.md", $"# Person\n\n{string.Join(' ', words)}\n");
        await _work.SyncAsync("docs");
        _work.Write("docs/x.md", "# Person\n\nMoved away.\n");
        await _work.SyncAsync("docs");
        _work.WriteLines("waits.jsonl", $$"""{"id":"docs/x.md","text":"{{string.Join(' ', words)}} turnips"}""");
        (await _work.RunAsync("enqueue", "waits.jsonl", "--source-name", "docs")).ShouldExit(0);
        (await _work.RunAsync("queue", "drop", "--all")).ShouldExit(0);

        (await _work.RunAsync("forget", "docs/x.md")).ShouldExit(0);

        var left = Bytes();
        words.Append("turnips").Count(word => left.Contains(word, StringComparison.Ordinal)).ShouldBe(0);
        (await _work.RunAsync("enqueue", "waits.jsonl", "--source-name", "docs", "--json")).ShouldExit(0).Json["forgotten"]!.GetValue<long>().ShouldBe(1);
        Bytes().ShouldNotContain("turnips");
    }

    [Fact]
    public async Task A_file_is_applied_to_the_namespace_that_it_is_of()
    {
        _work.Write("docs/person.md", $"# Person\n\n{Secret}.\n");
        foreach (var name in new[] { "default", "other" })
        {
            (await _work.RunAsync("sync", "docs", "--namespace", name)).ShouldExit(0);
        }

        (await _work.RunAsync("forget", "docs/person.md", "--namespace", "other")).ShouldExit(0);
        _work.Write("forgotten.jsonl", (await _work.RunAsync("forget", "--export", "--namespace", "other")).ShouldExit(0).Output);
        (await _work.RunAsync("forget", "--lift", "docs/person.md", "--namespace", "other")).ShouldExit(0);
        (await _work.RunAsync("sync", "docs", "--namespace", "other")).ShouldExit(0);

        (await _work.RunAsync("forget", "--reapply", "forgotten.jsonl", "--namespace", "default", "--json")).ShouldFail(2, ErrorCodes.Usage);
        (await _work.RunAsync("forget", "--reapply", "forgotten.jsonl", "--json")).ShouldExit(0).Json["documents"]!.GetValue<long>().ShouldBe(1);

        (await _work.RunAsync("show", "docs/person.md", "--namespace", "default")).ShouldExit(0).Output.ShouldContain("Pelican");
        (await _work.RunAsync("show", "docs/person.md", "--namespace", "other")).ShouldExit(2);
        _work.Write("wrong.jsonl", File.ReadAllText(Path.Combine(_work.Root, "forgotten.jsonl")).Replace("\"scope\":\"document\"", "\"scope\":\"folder\"", StringComparison.Ordinal));
        (await _work.RunAsync("forget", "--reapply", "wrong.jsonl", "--json")).ShouldFail(2, ErrorCodes.Usage);
    }

    private string Bytes() => string.Concat(Directory.GetFiles(Path.Combine(_work.Root, ".tidemark")).Select(file => Encoding.Latin1.GetString(File.ReadAllBytes(file))));
}
