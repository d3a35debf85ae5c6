using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Xunit;

namespace Tidemark.Sqlite.Tests.Records;

/// <summary>A promotion takes as long with a million documents as with one: none of them is written.</summary>
public sealed class PromotionTests : IDisposable
{
    private static readonly CancellationToken Stop = CancellationToken.None;
    private readonly TemporaryStore _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task No_document_layout_or_chunk_is_written_by_a_promotion_and_its_way_back()
    {
        await using (var store = await _files.OpenAsync())
        {
            await using var run = await StoreScribe.OpenAsync(store);
            await run.PutAsync(("a", ["one two"]), ("b", ["three"]));
            var words = await run.Session.Catalog.CreateGenerationAsync(StoreScribe.Pipeline with { Chunker = "words" }, follows: true, Stop);
            await run.Session.ApplyAsync(
                new ApplyBatch(words, 0, [TestWrites.Stage("a", await run.GlanceAsync("a"), "one ", "two"), TestWrites.Stage("b", await run.GlanceAsync("b"), "three")]),
                Stop);
        }

        Run("CREATE TRIGGER a BEFORE UPDATE ON document BEGIN SELECT RAISE(ABORT, 'written'); END");
        Run("CREATE TRIGGER b BEFORE UPDATE ON layout BEGIN SELECT RAISE(ABORT, 'written'); END");
        Run("CREATE TRIGGER c BEFORE UPDATE ON chunk BEGIN SELECT RAISE(ABORT, 'written'); END");
        await using var again = await _files.OpenAsync();
        for (var times = 0; times < 4; times++)
        {
            await using var switching = await StoreScribe.OpenAsync(again);
            await switching.Session.Catalog.PromoteAsync(switching.Session.Catalog.Namespace.Beside!, keepsFormer: true, Stop);
            (await again.Reader.DocumentsAsync("default", prefix: "a", Stop).SingleAsync(Stop)).Chunks.ShouldBe(times % 2 == 0 ? 2 : 1);
        }

        await using var writing = await StoreScribe.OpenAsync(again);
        await Should.ThrowAsync<TidemarkException>(async () => await writing.PutAsync("b", "changed"), "the triggers hold");
    }

    private void Run(string sql)
    {
        using var connection = SqliteConnection.Open(_files.Path, SqliteOpenMode.Write, TimeSpan.Zero);
        connection.Execute(sql);
    }
}
