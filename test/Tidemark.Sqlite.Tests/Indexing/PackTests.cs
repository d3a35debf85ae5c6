using Shouldly;
using Tidemark.Conformance.Syncing;
using Tidemark.Indexing;
using Tidemark.Sqlite.Indexing;
using Tidemark.Sqlite.Searching;
using Tidemark.Sqlite.Storage;
using Xunit;

namespace Tidemark.Sqlite.Tests.Indexing;

public sealed class PackTests
{
    [Fact]
    public async Task Churn_reuses_freed_slots_so_that_the_scan_does_not_grow()
    {
        await using var bench = await IndexBench.OpenAsync(500);
        var packs = bench.Scalar("SELECT count(*) FROM vector_pack_1");

        for (var round = 1; round <= 5; round++)
        {
            await bench.ListAsync(Enumerable.Range(round * 300, 500));
        }

        packs.ShouldBe(2);
        bench.Scalar("SELECT count(*) FROM vector_pack_1").ShouldBeLessThanOrEqualTo(
            4, "there were never more than 800 at once, while the new ones were in and the old ones not yet out");
        bench.Scalar("SELECT sum(live) FROM vector_pack_1").ShouldBe(500);
        (await bench.CheckAsync()).IsClean.ShouldBeTrue();
    }

    [Fact]
    public async Task One_changed_chunk_rewrites_one_pack()
    {
        await using var bench = await IndexBench.OpenAsync(1000);
        var before = bench.Scalar("SELECT max(version) FROM vector_pack_1");

        await bench.ListAsync(Enumerable.Range(1, 1000));

        bench.Scalar($"SELECT count(*) FROM vector_pack_1 WHERE version > {before}").ShouldBeInRange(1, 2);
        (await bench.CheckAsync()).IsClean.ShouldBeTrue();
    }

    [Fact]
    public async Task A_long_lived_process_reads_only_packs_that_changed()
    {
        await using var writer = await IndexBench.OpenAsync(1000);

        var (database, first) = DatabaseFile.Open(writer.Path, SqliteStoreOptions.Default);
        await using var reader = new SqliteDatabase(database, first, TimeProvider.System);
        var cache = new PackCache();
        var search = new VectorSearch(reader, cache);
        string Ask(string text = "word5 shared")
        {
            using var lease = reader.Readers.RentSnapshot();
            var query = new VectorQuery("default", 1, CountingGenerator.VectorOf(text), 3, MetadataFilter.None);
            return search.Search(lease.Connection, query, CancellationToken.None)[0].Chunk.Document;
        }

        Ask();
        cache.PacksRead.ShouldBe(0, "the first query streams");
        Ask();
        Ask();
        cache.PacksRead.ShouldBe(4);

        await writer.ListAsync(Enumerable.Range(1, 1000));
        Ask("word1000 shared").ShouldBe("d1000");
        cache.PacksRead.ShouldBeInRange(5, 6, "only what changed is read again");

        writer.Damage("DROP TABLE vector_pack_1");
        await writer.RepairAsync();
        Ask("word1000 shared").ShouldBe("d1000");
        cache.PacksRead.ShouldBeGreaterThanOrEqualTo(9, "tables made anew are not trusted");
    }

    [Fact]
    public async Task A_rolled_back_batch_leaves_no_trace_in_what_the_writer_remembers()
    {
        await using var bench = await IndexBench.OpenAsync(300);
        var (database, first) = DatabaseFile.Open(bench.Path, SqliteStoreOptions.Default);
        await using var store = new SqliteDatabase(database, first, TimeProvider.System);
        using (var hold = await store.HoldWriterAsync(CancellationToken.None))
        {
            Should.Throw<InvalidOperationException>(() => hold.InTransaction<int>((_, index) =>
            {
                index.Add(1, (5000, null), "never"u8, new float[32]);
                index.Remove(1, 1, "word0 shared"u8);
                index.Flush();
                throw new InvalidOperationException();
            }));
            hold.InTransaction((connection, index) =>
            {
                connection.Execute(
                    """
                    INSERT INTO chunk (key, generation, document, occurrence, from_sequence, input, text)
                    SELECT 5001, 1, document, 7, 1, input, 'word4 shared' FROM chunk WHERE key = 5
                    """);
                index.Add(1, (5001, null), "word4 shared"u8, CountingGenerator.VectorOf("word4 shared"));
                return 0;
            });
        }

        var check = await bench.CheckAsync();
        (check.Missing, check.Stale, check.Vectors, check.Keywords).ShouldBe((0, 0, 301, 301));
    }
}
