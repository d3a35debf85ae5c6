using Shouldly;
using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Syncing;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Tests.Syncing;

/// <summary>A run with an approved plan does exactly that, or nothing and says what has moved.</summary>
public sealed class ApprovedPlanTests : IAsyncDisposable
{
    private const decimal Price = 1_000m;

    private readonly InMemoryStore _store = new();
    private readonly SyncBench _bench;

    public ApprovedPlanTests() => _bench = new SyncBench(_store) { Price = Price };

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task What_was_planned_is_done()
    {
        var wanted = Source(Upsert("a", "one"), Upsert("b", "two"));
        var plan = await ApproveAsync(wanted);

        var report = await ApplyAsync(plan, wanted);

        (report.Documents.Added, report.Embedding.Tokens, report.Embedding.Cost).ShouldBe((2L, plan.Tokens, plan.Cost));
        plan.Tokens.ShouldBePositive();
        plan.Cost.ShouldNotBeNull().ShouldBePositive();
    }

    [Fact]
    public async Task A_namespace_that_was_written_to_since_is_another()
    {
        var wanted = Source(Upsert("a", "one"));
        var plan = await ApproveAsync(wanted);
        await _bench.SyncAsync(Source("other", Upsert("z", "zed")));

        (await ShouldBeStaleAsync(plan, wanted)).ShouldContain(moved => moved.Contains("was written to", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_generation_that_was_built_anew_is_another()
    {
        await _bench.SyncAsync(Source(Upsert("a", "one")));
        var wanted = Source(Upsert("a", "one"), Upsert("b", "two"));
        var plan = await ApproveAsync(wanted);

        (await ShouldBeStaleAsync(plan with { Generation = plan.Generation + 1 }, wanted))
            .ShouldHaveSingleItem().ShouldBe($"the generation of 'default' was {plan.Generation + 1}, now is {plan.Generation}");
        (await ShouldBeStaleAsync(plan with { Sequence = plan.Sequence - 1 }, wanted))
            .ShouldHaveSingleItem().ShouldContain($"its sequence was {plan.Sequence - 1}, now is {plan.Sequence}");
    }

    [Fact]
    public async Task More_tokens_or_a_higher_price_were_not_approved_but_less_is_no_harm()
    {
        var wanted = Source(Upsert("a", "one"));
        var plan = await ApproveAsync(wanted);

        (await ShouldBeStaleAsync(plan with { Tokens = plan.Tokens - 1 }, wanted))
            .ShouldHaveSingleItem().ShouldStartWith("the embedding store: ");
        (await ShouldBeStaleAsync(plan with { Cost = plan.Cost - 0.000001m }, wanted))
            .ShouldHaveSingleItem().ShouldStartWith("the price: ");
        (await ApplyAsync(plan with { Tokens = plan.Tokens + 1, Cost = plan.Cost + 1 }, wanted)).Documents.Added.ShouldBe(1);
    }

    [Fact]
    public async Task A_price_that_has_risen_is_told()
    {
        var wanted = Source(Upsert("a", "one"));
        var plan = await ApproveAsync(wanted);
        _bench.Price = Price * 2;

        (await ShouldBeStaleAsync(plan, wanted)).ShouldHaveSingleItem().ShouldStartWith("the price: ");
    }

    /// <summary>Whatever of a document would be written: another of it is not what was approved.</summary>
    [Theory]
    [InlineData("text")]
    [InlineData("metadata")]
    [InlineData("tier")]
    [InlineData("expiry")]
    [InlineData("version")]
    [InlineData("time")]
    [InlineData("source id")]
    public async Task A_document_that_has_changed_again_is_told(string what)
    {
        await _bench.SyncAsync(Source(Upsert("d", "before")));
        var planned = new Document { Id = "d", SourceId = "d", Text = "planned" };
        var plan = await ApproveAsync(Source(new DocumentChange.Upsert(planned)));

        var moved = await ShouldBeStaleAsync(plan, Source(new DocumentChange.Upsert(Changed(planned, what))));

        moved.ShouldHaveSingleItem().ShouldBe("the document 'd' has changed again");
    }

    [Fact]
    public async Task Documents_that_came_went_or_are_as_they_should_be_already_are_told()
    {
        await _bench.SyncAsync(Source(Upsert("a", "one"), Upsert("b", "two")));
        var plan = await ApproveAsync(Source(Upsert("a", "ONE"), Upsert("b", "two")));

        (await ShouldBeStaleAsync(plan, Source(Upsert("a", "ONE"), Upsert("b", "two"), Upsert("c", "three"))))
            .ShouldHaveSingleItem().ShouldBe("the document 'c' was not in the plan, now is added");
        (await ShouldBeStaleAsync(plan, Source(Upsert("a", "one"), Upsert("b", "two"))))
            .ShouldHaveSingleItem().ShouldBe("the document 'a' was edited, now nothing is to be done about it");
        (await ShouldBeStaleAsync(plan, Source(Upsert("b", "two"))))
            .ShouldHaveSingleItem().ShouldBe("the document 'a' was edited, now is deleted");
    }

    [Fact]
    public async Task A_file_that_was_merely_touched_changes_no_plan()
    {
        await _bench.SyncAsync(Source(Upsert("a", "one"), Upsert("b", "two")));
        var plan = await ApproveAsync(Source(Upsert("a", "one"), Upsert("b", "TWO")));
        var touched = new DocumentChange.Upsert(new Document
        {
            Id = "a",
            SourceId = "a",
            Text = "one",
            Token = new ChangeToken(ContentHash.Of("touched")),
        });

        var report = await ApplyAsync(plan, Source(touched, Upsert("b", "TWO")));

        (report.Outcome, report.Documents.Updated).ShouldBe((RunOutcome.Succeeded, 1L));
    }

    [Fact]
    public async Task A_move_to_another_place_is_another_move()
    {
        await _bench.SyncAsync(Source(Upsert("a", "one"), Upsert("b", "one"), Upsert("c", "two")));
        var plan = await ApproveAsync(Source(Upsert("x", "one"), Upsert("b", "one"), Upsert("c", "two")));
        plan.Changes.ShouldContain(change => change.Document == "x" && change.MovedFrom == "a");

        var moved = await ShouldBeStaleAsync(plan, Source(Upsert("x", "one"), Upsert("a", "one"), Upsert("c", "two")));

        moved.ShouldContain("the document 'x' has changed again");
    }

    private static Document Changed(Document document, string what) => what switch
    {
        "text" => document with { Text = "other" },
        "metadata" => document with { Metadata = MetadataCanonicalizer.Parse("""{"k":1}""") },
        "tier" => document with { Tier = "premium" },
        "expiry" => document with { ExpiresAt = new DateTimeOffset(2999, 1, 1, 0, 0, 0, TimeSpan.Zero) },
        "version" => document with { Version = new DocumentVersion(3, null) },
        "time" => document with { Version = new DocumentVersion(null, new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero)) },
        "source id" => document with { SourceId = "elsewhere" },
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    };

    private static ScriptedSource Source(params DocumentChange[] changes) => Source("s", changes);

    private static ScriptedSource Source(string name, params DocumentChange[] changes) => new(name, changes);

    private async Task<ApprovedPlan> ApproveAsync(ScriptedSource source)
    {
        var plan = await _bench.PlanAsync(source, Unguarded);
        return new ApprovedPlan
        {
            Sequence = plan.MadeFor.Sequence,
            Generation = plan.MadeFor.Generation,
            Changes = plan.Changes!,
            Tokens = plan.Embedding.Tokens,
            Cost = plan.Embedding.Cost,
        };
    }

    private Task<SyncReport> ApplyAsync(ApprovedPlan plan, ScriptedSource source) =>
        _bench.SyncAsync(source, request => Unguarded(request) with { Approved = plan });

    /// <returns>What has moved.</returns>
    private async Task<IReadOnlyList<string>> ShouldBeStaleAsync(ApprovedPlan plan, ScriptedSource source)
    {
        var before = await _bench.ExportAsync();
        var asked = _bench.Generator.Asked.Count;

        var stale = await Should.ThrowAsync<PlanStaleException>(() => ApplyAsync(plan, source));

        (await _bench.ExportAsync()).ShouldBe(before);
        _bench.Generator.Asked.Count.ShouldBe(asked);
        return stale.Moved;
    }

    private static SyncOptions Unguarded(SyncOptions request) => request with { Guard = DeletionGuard.Off };
}
