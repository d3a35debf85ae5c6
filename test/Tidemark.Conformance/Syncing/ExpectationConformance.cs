using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Searching;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.Conformance.Syncing;

/// <summary>Optimistic concurrency, on any store: what is not as expected is not written, also where many write at once.</summary>
public abstract class ExpectationConformance : StoreConformance
{
    private SyncBench? _bench;

    private SyncBench Bench => _bench ??= new SyncBench(Store);

    [Fact]
    public async Task What_is_as_expected_is_written()
    {
        await PutAsync("a", "one", 1, DocumentExpectation.IsAbsent);
        await PutAsync("a", "two", 2, DocumentExpectation.HasVersion(1));
        var sequence = (await Store.Reader.NamespaceAsync("default", CancellationToken.None))!.Sequence;
        await PutAsync("a", "three", 3, DocumentExpectation.IsAt(sequence));
        var deleted = await WriteAsync(ScriptedSource.Delete("a"), "a", DocumentExpectation.HasVersion(3));
        var back = await PutAsync("a", "four", 4, DocumentExpectation.IsAbsent);

        (deleted.Documents.Deleted, back.Documents.Added).ShouldBe((1, 1));
        (await TextAsync()).ShouldBe("four");
    }

    [Fact]
    public async Task What_is_not_as_expected_is_refused_with_both_versions()
    {
        await PutAsync("a", "one", 5, null);
        var sequence = (await Store.Reader.NamespaceAsync("default", CancellationToken.None))!.Sequence;

        var stale = await ShouldConflictAsync(ScriptedSource.Upsert("a", "two", version: 9), DocumentExpectation.HasVersion(4));
        var there = await ShouldConflictAsync(ScriptedSource.Upsert("a", "two", version: 9), DocumentExpectation.IsAbsent);
        var moved = await ShouldConflictAsync(ScriptedSource.Delete("a"), DocumentExpectation.IsAt(sequence + 1));
        var gone = await ShouldConflictAsync(ScriptedSource.Upsert("b", "x", version: 2), DocumentExpectation.HasVersion(1), "b");

        (stale.Document, stale.ExpectedVersion.Number, stale.ActualVersion.Number, stale.ActualSequence)
            .ShouldBe(("a", 4, 5, sequence));
        stale.Code.ShouldBe(ErrorCodes.VersionConflict);
        stale.Message.ShouldContain("'a'");
        stale.Message.ShouldContain("version 4");
        stale.Message.ShouldContain("version 5");
        there.IsThere.ShouldBeTrue();
        moved.ActualSequence.ShouldBe(sequence);
        (gone.IsThere, gone.ActualSequence).ShouldBe((false, 0));
        (await TextAsync()).ShouldBe("one");
        Bench.Generator.Asked.ShouldBe(["one"]);
    }

    [Fact]
    public async Task Who_writes_under_a_condition_that_does_not_hold_alarms_nobody_else()
    {
        await using var index = Bench.ComposeIndex();
        await index.PutAsync(new Document { Id = "a", Text = "one" });

        await Should.ThrowAsync<ConflictException>(index.PutAsync(new Document { Id = "a", Text = "two" }, new WriteOptions { Expected = DocumentExpectation.IsAbsent }));

        (await Store.Reader.RunsAsync("default", 1, default)).ShouldHaveSingleItem().Outcome.ShouldBe(RunOutcome.Partial);
        (await index.StatusAsync()).Alerts.ShouldBeEmpty();
        (await index.SearchAsync("nothing of this", new SearchOptions { Mode = SearchMode.Keyword })).Warnings.ShouldBeEmpty();
        (await TextAsync()).ShouldBe("one");
    }

    [Fact]
    public async Task An_unchanged_document_is_looked_at_all_the_same()
    {
        await PutAsync("a", "one", 1, null);

        await ShouldConflictAsync(ScriptedSource.Upsert("a", "one", version: 1), DocumentExpectation.HasVersion(7));

        (await PutAsync("a", "one", 1, DocumentExpectation.HasVersion(1))).Documents.Skipped.ShouldBe(1);
    }

    [Fact]
    public async Task Of_many_who_expect_the_same_one_wins()
    {
        await PutAsync("a", "start", 1, null);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            try
            {
                await PutAsync("a", $"of {writer}", 2 + writer, DocumentExpectation.HasVersion(1));
                return new Attempt(writer, null);
            }
            catch (ConflictException e)
            {
                return new Attempt(writer, e);
            }
        })));

        var winner = outcomes.Where(outcome => outcome.Conflict is null).ShouldHaveSingleItem().Writer;
        (await TextAsync()).ShouldBe($"of {winner}");
        outcomes.Where(outcome => outcome.Conflict is not null)
            .ShouldAllBe(outcome => outcome.Conflict!.ActualVersion.Number == 2 + winner);
    }

    [Fact]
    public async Task A_single_document_is_no_complete_sync()
    {
        await PutAsync("a", "one", 1, null);

        (await Store.Reader.NamespaceAsync("default", CancellationToken.None))!.LastCompleteSync.ShouldBeNull();
    }

    private async Task<ConflictException> ShouldConflictAsync(DocumentChange change, DocumentExpectation expected, string id = "a") =>
        await Should.ThrowAsync<ConflictException>(() => WriteAsync(change, id, expected));

    private Task<SyncReport> PutAsync(string id, string text, long version, DocumentExpectation? expected) =>
        WriteAsync(ScriptedSource.Upsert(id, text, version: version), id, expected);

    private Task<SyncReport> WriteAsync(DocumentChange change, string id, DocumentExpectation? expected) => Bench.SyncAsync(
        new ScriptedSource("s", [change]),
        request => request with
        {
            Cleanup = CleanupMode.None,
            IsPartial = true,
            Wait = TimeSpan.FromMinutes(1),
            Expected = expected is null ? null : new Dictionary<string, DocumentExpectation>(StringComparer.Ordinal) { [id] = expected },
        });

    private async Task<string> TextAsync()
    {
        var text = "";
        await foreach (var chunk in Store.Reader.ChunksAsync("default", "a", withVectors: false, CancellationToken.None))
        {
            text += chunk.Text;
        }

        return text;
    }

    private sealed record Attempt(int Writer, ConflictException? Conflict);
}
