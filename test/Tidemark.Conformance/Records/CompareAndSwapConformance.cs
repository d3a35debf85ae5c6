using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Documents;
using Tidemark.Records;
using Xunit;

namespace Tidemark.Conformance.Records;

/// <summary>When a write of a batch is applied, when it is refused, and what becomes of removed documents.</summary>
public abstract class CompareAndSwapConformance : StoreConformance
{
    [Fact]
    public async Task A_new_document_is_refused_where_the_id_is_known_in_any_state()
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        await run.PutAsync(("live", ["x"]), ("removed", ["x"]));
        await run.RemoveAsync("removed");
        await run.RemoveAsync("tombstone", DocumentState.Tombstoned);

        var result = await run.ApplyAsync(
            TestWrites.Put("live", run.Source.Key, ["y"]),
            TestWrites.Put("removed", run.Source.Key, ["y"]),
            TestWrites.Put("tombstone", run.Source.Key, ["y"]));

        result.Documents.Select(d => d.Applied).ShouldBe([false, false, false]);
        (await run.ChunksAsync()).Single().Text.ShouldBe("x");
    }

    [Fact]
    public async Task A_write_that_saw_an_older_state_is_refused_and_the_others_are_applied()
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        await run.PutAsync(("a", ["1"]), ("b", ["1"]));
        var stale = await run.PutOfAsync("a", "stale");
        var touch = TestWrites.Touch(await run.LoadAsync("a"), ChangeToken.None);
        var remove = TestWrites.Remove("a", run.Source.Key, await run.GlanceAsync("a"), DocumentState.Removed);
        await run.PutAsync("a", "2");

        var result = await run.ApplyAsync(stale, touch, remove, await run.PutOfAsync("b", "3"));

        result.Documents.Select(d => d.Applied).ShouldBe([false, false, false, true]);
        (await run.ChunksAsync()).Select(c => c.Text).ShouldBe(["2", "3"]);
        (await run.GlanceAsync("a")).Token.ShouldBe(TestWrites.Token("a"));
    }

    [Fact]
    public async Task A_batch_whose_writes_are_all_refused_takes_no_sequence()
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        await run.PutAsync("a", "1");

        var refused = await run.ApplyAsync(TestWrites.Put("a", run.Source.Key, ["2"]));

        refused.Sequence.ShouldBe(1);
        run.Session.Catalog.Namespace.Sequence.ShouldBe(1);
        (await run.PutAsync("b", "3")).Sequence.ShouldBe(2);
    }

    [Fact]
    public async Task Of_two_writes_of_one_document_in_a_batch_only_the_first_is_applied()
    {
        await using var run = await StoreScribe.OpenAsync(Store);

        var result = await run.ApplyAsync(
            TestWrites.Put("a", run.Source.Key, ["1"]), TestWrites.Put("a", run.Source.Key, ["2"]));

        result.Documents.Select(d => d.Applied).ShouldBe([true, false]);
        result.Documents[1].Key.ShouldBe(result.Documents[0].Key);
        (await run.ChunksAsync()).Single().Text.ShouldBe("1");
    }

    [Fact]
    public async Task Of_two_touches_of_one_document_in_a_batch_only_the_first_is_applied()
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        await run.PutAsync("a", "1");
        var stored = await run.LoadAsync("a");

        var result = await run.ApplyAsync(
            TestWrites.Touch(stored, TestWrites.Token("first")), TestWrites.Touch(stored, TestWrites.Token("second")));

        result.Documents.Select(d => d.Applied).ShouldBe([true, false]);
        (await run.GlanceAsync("a")).Token.ShouldBe(TestWrites.Token("first"));
    }

    [Fact]
    public async Task A_document_that_is_rewritten_whole_is_counted_once_and_has_no_former_state()
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        await run.PutAsync(("a", ["12345", "2"]), ("b", ["3"]));
        var glance = await run.GlanceAsync("a");

        var result = await run.ApplyAsync(
            TestWrites.Put("a", run.Source.Key, ["12345", "6", "7"], glance.Sequence) with { Rewrites = true });

        result.Documents.Single().ShouldBe(new AppliedDocument(true, glance.Key, default));
        (await run.ChunksAsync("a")).Select(c => c.Text).ShouldBe(["12345", "6", "7"]);
        var summary = (await Store.Reader.NamespaceAsync("default", default))!;
        (summary.Documents, summary.Chunks).ShouldBe((2, 4));
        var source = await run.Session.Catalog.RegisterSourceAsync("docs", default);
        (source.LiveDocuments, source.Chunks, source.Tokens).ShouldBe((2, 4, 2 + 1 + 1 + 1));
    }

    [Fact]
    public async Task Tokens_of_a_source_follow_edits_patches_and_removals()
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        await run.PutAsync(("a", ["12345", "1", "123456789"]), ("b", ["1234"]));
        (await TokensAsync()).ShouldBe(2 + 1 + 3 + 1);

        await run.PutAsync("a", "12345", "new text", "123456789");
        (await TokensAsync()).ShouldBe(2 + 2 + 3 + 1);

        var patch = await run.PutOfAsync("a", "12345", "new text", "123456789");
        await run.ApplyAsync(patch with
        {
            Chunks = [patch.Chunks[0] with { Text = "1" }, patch.Chunks[1] with { Text = "new text" }, patch.Chunks[2]],
        });
        (await TokensAsync()).ShouldBe(1 + 2 + 3 + 1);

        await run.RemoveAsync("a");
        (await TokensAsync()).ShouldBe(1);

        async Task<long> TokensAsync() => (await run.Session.Catalog.RegisterSourceAsync("docs", default)).Tokens;
    }

    [Fact]
    public async Task A_touch_changes_only_token_version_and_repeats()
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        await run.PutAsync("a", "1");
        var before = await run.LoadAsync("a", withText: true);

        var result = await run.ApplyAsync(TestWrites.Touch(before, TestWrites.Token("new")));

        result.Documents.Single().Applied.ShouldBeTrue();
        result.Sequence.ShouldBe(1);
        var after = await run.LoadAsync("a", withText: true);
        after.Glance.ShouldBe(before.Glance with { Token = TestWrites.Token("new"), Repeats = true });
        after.Version.ShouldBe(new DocumentVersion(7, null));
        after.TextHash.ShouldBe(before.TextHash);
        after.Chunks.ShouldBe(before.Chunks);
    }

    [Fact]
    public async Task A_removed_document_leaves_the_index_and_keeps_its_version()
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        var put = TestWrites.Put("a", run.Source.Key, ["1", "2"]);
        await run.ApplyAsync(put with { Document = put.Document with { Version = new DocumentVersion(5, null) } });

        var result = await run.RemoveAsync("a");

        result.Sequence.ShouldBe(2);
        var gone = await run.LoadAsync("a", withText: true);
        gone.Glance.State.ShouldBe(DocumentState.Removed);
        gone.Glance.Sequence.ShouldBe(2);
        gone.Glance.Chunks.ShouldBe(0);
        gone.Version.ShouldBe(new DocumentVersion(5, null));
        gone.TextHash.IsZero.ShouldBeTrue();
        gone.Chunks.ShouldBeEmpty();
        gone.Text.ShouldBeNull();
        (await run.ChunksAsync()).ShouldBeEmpty();
        (await run.LiveAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_tombstone_remembers_its_own_version()
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        await run.PutAsync("a", "1");

        await run.RemoveAsync("a", DocumentState.Tombstoned, new DocumentVersion(9, null));

        var gone = await run.LoadAsync("a");
        gone.Glance.State.ShouldBe(DocumentState.Tombstoned);
        gone.Version.ShouldBe(new DocumentVersion(9, null));
    }

    [Fact]
    public async Task A_tombstone_of_an_unknown_id_is_remembered_in_a_state_of_its_own()
    {
        await using var run = await StoreScribe.OpenAsync(Store);

        var result = await run.RemoveAsync("never", DocumentState.Tombstoned, new DocumentVersion(3, null));

        result.Documents.Single().Applied.ShouldBeTrue();
        result.Documents.Single().Key.IsNone.ShouldBeFalse();
        var gone = await run.LoadAsync("never");
        gone.Glance.State.ShouldBe(DocumentState.Tombstoned);
        gone.Version.ShouldBe(new DocumentVersion(3, null));
    }

    [Theory]
    [InlineData(DocumentState.Removed)]
    [InlineData(DocumentState.Tombstoned)]
    public async Task A_document_that_is_gone_can_come_back(DocumentState state)
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        var first = await run.PutAsync("a", "1");
        await run.RemoveAsync("a", state);

        var back = await run.PutAsync("a", "1", "2");

        back.Documents.Single().Applied.ShouldBeTrue();
        back.Documents.Single().Key.ShouldBe(first.Documents.Single().Key);
        (await run.LoadAsync("a", withText: true)).Text.ShouldBe("12");
        (await run.ChunksAsync()).Select(c => c.Text).ShouldBe(["1", "2"]);
    }

    [Fact]
    public async Task Live_counters_follow_puts_moves_between_sources_and_removals()
    {
        await using (var run = await StoreScribe.OpenAsync(Store))
        {
            await run.PutAsync(("a", ["1", "2"]), ("b", ["3"]), ("c", ["4"]));
            await run.PutAsync("a", "1");
            await run.RemoveAsync("b");
            await run.RemoveAsync("unknown", DocumentState.Tombstoned);
        }

        await using var other = await StoreScribe.OpenAsync(Store, source: "other");
        await other.ApplyAsync((await other.PutOfAsync("c", "5", "6")) with { Source = other.Source.Key });

        var summary = (await Store.Reader.NamespaceAsync("default", default))!;
        (summary.Documents, summary.Chunks).ShouldBe((2, 3));
        (await other.Session.Catalog.RegisterSourceAsync("docs", default)).LiveDocuments.ShouldBe(1);
        (await other.Session.Catalog.RegisterSourceAsync("other", default)).LiveDocuments.ShouldBe(1);
    }
}
