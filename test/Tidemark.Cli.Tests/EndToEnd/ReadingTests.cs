using System.Text;
using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>What files of people and of attackers have in them, through the executable.</summary>
public sealed class ReadingTests : IDisposable
{
    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task A_typo_in_front_matter_costs_one_key_and_is_said()
    {
        _work.Write("docs/a.md", "---\ntenant: acme\ntitle: Price list: 2027\n---\nThe price of rope.\n");
        await Workspace.SettleAsync();

        var outcome = (await _work.SyncAsync("docs")).ShouldCount(added: 1);

        var warning = outcome.Json["warnings"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)warning["item"]!).ShouldBe("docs/a.md");
        ((string)warning["code"]!).ShouldBe("source.front-matter");
        ((string)warning["message"]!).ShouldStartWith("line 3 of 'docs/a.md': the value of 'title'");
        ((string)warning["remedy"]!).ShouldNotBeEmpty();
        outcome.Outcome.ShouldBe("succeeded");
        var found = (await _work.RunAsync("search", "rope", "--filter", "tenant=acme", "--json")).ShouldExit(0);
        ((string)found.Json["hits"]!.AsArray().ShouldHaveSingleItem()!["text"]!).ShouldBe("The price of rope.\n");

        (await _work.SyncAsync("docs")).ShouldBeNoOp();
    }

    [Fact]
    public async Task A_person_is_told_of_warnings_a_few_of_them()
    {
        for (var i = 0; i < 15; i++)
        {
            _work.Write($"docs/{i:00}.md", "---\nok: 1\ntitle: a: b\n---\nText.\n");
        }

        ((await _work.PlanAsync("docs")).Json["warnings"]!.AsArray().Count).ShouldBe(15);
        var told = (await _work.RunAsync("sync", "docs")).ShouldExit(0);

        var text = told.Output + told.Errors;
        text.ShouldContain("warning: line 3 of 'docs/00.md'");
        text.ShouldContain("and 5 more");
    }

    [Fact]
    public async Task Other_line_ends_cost_nothing()
    {
        var text = string.Concat(Enumerable.Range(0, 60).Select(i => $"## Part {i}\n\n{Prose.Sentence(i)}\n{Prose.Sentence(i + 100)}\n\n"));
        _work.Write("docs/a.md", text).Write("docs/b.txt", text + "\n");
        await _work.SyncAsync("docs");

        _work.Write("docs/a.md", text.Replace("\n", "\r\n", StringComparison.Ordinal));
        _work.Write("docs/b.txt", text.Replace('\n', '\r') + "\r");

        (await _work.SyncAsync("docs")).ShouldCount(skipped: 2).ShouldBeNoOp();
    }

    [Theory]
    [InlineData("structured")]
    [InlineData("recursive")]
    [InlineData("none")]
    public async Task With_normalised_hashing_white_space_and_case_cost_nothing(string chunker)
    {
        _work.Environment["TIDEMARK__HASHING__NORMALIZE"] = "true";
        var text = string.Concat(Enumerable.Range(0, 40).Select(i =>
            $"## Part {i}\n\n{Prose.Sentence(i)}\n{Prose.Sentence(i + 100)}\n\n- an item\n- another\n\n"));
        _work.Write("docs/a.md", text);
        (await _work.SyncAsync("docs", "--chunker", chunker)).Inputs.ShouldBeGreaterThan(0);

        foreach (var edited in (string[])[
            text.ToUpperInvariant(), text.Replace("\n", "  \r\n", StringComparison.Ordinal), text.Replace("\n\n", "\n\n\n", StringComparison.Ordinal),
            string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), $"\n\n{text.Replace(" ", "\t", StringComparison.Ordinal)}"])
        {
            _work.Write("docs/a.md", edited);
            var outcome = (await _work.SyncAsync("docs")).ShouldCount(updated: 1).ShouldEmbed(0);
            (outcome.ChunksAdded + outcome.ChunksDeleted + outcome.Reused).ShouldBe(0, outcome.Result.ToString());
        }

        await _work.VerifyCleanAsync("docs");
    }

    [Fact]
    public async Task White_space_alone_is_never_sent()
    {
        await using var provider = await ProviderWorkspace.StartAsync();
        provider.Work.Write("docs/report.md", $"Revenue\n\nName{new string(' ', 6_000)}Amount\n\nEnd.\n");

        (await provider.Work.SyncAsync("docs")).ShouldCount(added: 1);

        provider.Asked.ShouldNotBeEmpty();
        provider.Asked.ShouldAllBe(text => !string.IsNullOrWhiteSpace(text));
        provider.Work.Edit("docs/report.md", "End.", "The end.");
        (await provider.Work.SyncAsync("docs")).ShouldCount(updated: 1).ShouldEmbed(1);
        await provider.Work.VerifyCleanAsync("docs");
    }

    [Fact]
    public async Task What_Word_lays_beside_an_open_document_is_not_taken()
    {
        _work.Write("docs/a.md", "# A\n").Write("docs/~$box.docx", "\u0005owner").Write("docs/sub/~$b.md", "x");
        var outcome = (await _work.SyncAsync("docs")).ShouldCount(added: 1);
        outcome.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_page_that_takes_all_memory_fails_alone()
    {
        _work.Write("docs/a.md", "# A\n").Write("docs/b.html", new StringBuilder().Insert(0, "<p><a><b><i><u><font>", 450_000).ToString());
        (await _work.SyncAsync(3, "docs")).ShouldCount(added: 1).ErrorCodes.ShouldBe(["source.malformed"]);
    }
}
