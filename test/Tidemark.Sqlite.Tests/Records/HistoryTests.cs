using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Indexing;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Layouts;
using Xunit;

namespace Tidemark.Sqlite.Tests.Records;

/// <summary>Former states stay what they were: the ground of as-of queries, restore and audit.</summary>
public sealed class HistoryTests : IAsyncLifetime
{
    private readonly TemporaryStore _files = new();
    private ITidemarkStore _store = null!;

    public async ValueTask InitializeAsync() => _store = await _files.OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _files.Dispose();
    }

    [Fact]
    public async Task Every_former_text_can_be_put_together_again()
    {
        await using (var run = await StoreScribe.OpenAsync(_store))
        {
            await run.PutAsync("a", "one ", "two ", "three");
            await run.PutAsync("a", "one ", "2 ", "three");
            var patch = await run.PutOfAsync("a", "one ", "2 ", "three");
            await run.ApplyAsync(patch with { Chunks = [patch.Chunks[0] with { Text = "ONE " }, .. patch.Chunks.Skip(1)] });
            await run.RemoveAsync("a");
            await run.PutAsync("a", "back");
        }

        FormerStates().ShouldBe([(1, 2, "one two three"), (2, 3, "one 2 three"), (3, 4, "ONE 2 three")]);
    }

    [Fact]
    public async Task A_touch_leaves_no_history()
    {
        await using (var run = await StoreScribe.OpenAsync(_store))
        {
            await run.PutAsync("a", "one");
            await run.ApplyAsync(TestWrites.Touch(await run.LoadAsync("a"), TestWrites.Token("x")));
        }

        FormerStates().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_text_beside_its_chunks_goes_to_history_with_them()
    {
        await using (var run = await StoreScribe.OpenAsync(_store))
        {
            var put = TestWrites.Put("a", run.Source.Key, ["over lap", "lapping"]);
            await run.ApplyAsync(put with
            {
                Document = put.Document with { Text = "over lapping" },
                ChunksArePartition = false,
            });
            await run.RemoveAsync("a");
        }

        FormerStates().ShouldBe([(1, 2, "over lapping")]);
    }

    private List<(long From, long To, string Text)> FormerStates()
    {
        using var connection = SqliteConnection.Open(_files.Path, SqliteOpenMode.Read, TimeSpan.Zero);
        using var row = connection.Statement(
            "SELECT from_sequence, to_sequence, entries, text FROM document_history ORDER BY key");
        var states = new List<(long, long, string)>();
        while (row.Step())
        {
            var text = row.GetNullableText(3)
                ?? string.Concat(row.GetLayout(2).Select(entry => TextOf(connection, entry.Chunk)));
            states.Add((row.GetInt64(0), row.GetInt64(1), text));
        }

        return states;
    }

    private static string TextOf(SqliteConnection connection, long chunk)
    {
        using var row = connection.Statement("SELECT text FROM chunk WHERE key = ?1");
        row.Bind(1, chunk);
        row.Step().ShouldBeTrue();
        return row.GetText(0);
    }
}
