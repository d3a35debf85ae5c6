using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>What is kept whatever happens, and what is removed for good.</summary>
public sealed class HoldTests : IDisposable
{
    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task A_namespace_may_keep_what_is_gone_for_another_time()
    {
        _work.Write("tidemark.json", """
            { "sources": [ "docs" ], "retention": { "historyDays": 0 }, "namespaces": { "long": { "historyDays": 365 } } }
            """).Write("docs/b.md", "What stays.\n");
        foreach (var name in new[] { "default", "long" })
        {
            await _work.Write("docs/a.md", "What goes.\n").SyncAsync("--namespace", name);
            await _work.Delete("docs/a.md").SyncAsync("--namespace", name, "--allow-delete");
        }

        var kept = (await _work.RunAsync("archive", "list", "--namespace", "long", "--json")).ShouldExit(0).Json[0]!;
        (kept["recoverableUntil"]!.GetValue<DateTimeOffset>() - kept["at"]!.GetValue<DateTimeOffset>()).ShouldBe(TimeSpan.FromDays(365));
        (await _work.RunAsync("purge", "--namespace", "long", "--dry-run", "--json")).ShouldExit(0).Json["documents"]!.GetValue<long>().ShouldBe(0);
        (await _work.RunAsync("purge", "--dry-run", "--json")).ShouldExit(0).Json["documents"]!.GetValue<long>().ShouldBe(1);
        (await _work.RunAsync("gc", "--json")).ShouldExit(0);
        (await _work.RunAsync("restore", "docs/a.md", "--json")).ShouldFail(2, ErrorCodes.ArchiveMissing);
        (await _work.RunAsync("restore", "docs/a.md", "--namespace", "long", "--json")).ShouldExit(0).Json["embeddingCalls"]!.GetValue<long>().ShouldBe(0);
    }

    [Fact]
    public async Task What_is_held_is_refused_by_name_until_it_is_released()
    {
        _work.Write("tidemark.json", """{ "sources": [ "docs" ], "retention": { "historyDays": 0 } }""");
        _work.Write("docs/a.md", "The first text.\n");
        _work.Write("docs/b.md", "The second text.\n");
        await _work.SyncAsync();
        var added = (await _work.RunAsync("hold", "add", "docs/a.md", "--reason", "case 17", "--json")).ShouldExit(0).Json;
        ((string)added["document"]!, added["held"]!.GetValue<bool>(), added["added"]!.GetValue<bool>()).ShouldBe(("docs/a.md", true, true));
        added["warnings"]!.AsArray().ShouldBeEmpty();
        _work.Delete("docs/a.md");
        _work.Delete("docs/b.md");
        _work.Write("docs/c.md", "The third text.\n");
        (await _work.RunAsync("sync", "--allow-delete")).ShouldExit(0);

        (await _work.RunAsync("hold", "list")).ShouldExit(0).Output.ShouldContain("docs/a.md  (case 17)");
        (await _work.RunAsync("purge", "docs/a.md", "--json")).ShouldFail(5, ErrorCodes.HoldHeld);
        (await _work.RunAsync("namespace", "drop", "default", "--yes", "--json")).ShouldFail(5, ErrorCodes.HoldHeld);
        var dry = (await _work.RunAsync("purge", "--dry-run", "--json")).ShouldExit(0).Json;
        (dry["documents"]!.GetValue<long>(), dry["held"]!.GetValue<long>(), dry["dryRun"]!.GetValue<bool>()).ShouldBe((1, 1, true));
        (await _work.RunAsync("gc")).ShouldExit(0);
        (await _work.RunAsync("archive", "list", "--json")).ShouldExit(0).Json.AsArray().Select(one => (string)one!["document"]!).ShouldBe(["docs/a.md"]);
        (await _work.RunAsync("store", "copy", "--to", "sqlite:copy.db", "--json")).ShouldExit(0);
        (await _work.RunAsync("hold", "list", "--store", "sqlite:copy.db", "--json")).ShouldExit(0).Json.AsArray().Count.ShouldBe(1);

        (await _work.RunAsync("hold", "release", "docs/a.md")).ShouldExit(0);
        (await _work.RunAsync("hold", "release", "docs/a.md", "--json")).ShouldFail(2, ErrorCodes.HoldMissing);
        (await _work.RunAsync("hold", "add", "--json")).ShouldFail(2, ErrorCodes.Usage);
        (await _work.RunAsync("purge")).ShouldExit(0).Output.ShouldContain("purged 1 document");
        (await _work.RunAsync("restore", "docs/a.md", "--json")).ShouldFail(2, ErrorCodes.ArchiveMissing);
    }
}
