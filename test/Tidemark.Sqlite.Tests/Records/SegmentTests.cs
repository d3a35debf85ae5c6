using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Xunit;

namespace Tidemark.Sqlite.Tests.Records;

/// <summary>FTS5 writes a segment at each savepoint and at each step back; a batch must make neither.</summary>
public sealed class SegmentTests : IDisposable
{
    private readonly TemporaryStore _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_batch_of_updates_and_removals_writes_no_more_than_two_segments()
    {
        await using var store = await _files.OpenAsync();
        await using var run = await StoreScribe.OpenAsync(store);
        var ids = Enumerable.Range(0, 40).Select(i => $"d{i}").ToArray();
        await run.PutAsync([.. ids.Select(id => (id, new[] { id + " kept ", id + " old" }))]);
        var before = Segments();
        var writes = new List<DocumentWrite>();
        foreach (var id in ids[..20])
        {
            writes.Add(await run.PutOfAsync(id, id + " kept ", id + " new"));
        }

        foreach (var id in ids[20..])
        {
            writes.Add(TestWrites.Remove(
                id, run.Source.Key, await run.GlanceAsync(id), DocumentState.Removed));
        }

        await run.ApplyAsync([.. writes]);

        (Segments() - before).ShouldBeInRange(1, 2);
    }

    private long Segments()
    {
        using var connection = SqliteConnection.Open(_files.Path, SqliteOpenMode.Read, TimeSpan.Zero);
        return connection.Scalar("SELECT count(DISTINCT segid) FROM keyword_1_idx");
    }
}
