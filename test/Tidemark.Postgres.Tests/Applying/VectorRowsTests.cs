using Npgsql;
using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Embedding;
using Tidemark.Postgres.Applying;
using Tidemark.Postgres.Indexing;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;
using Tidemark.Postgres.Storage;
using Tidemark.Records;
using Xunit;

namespace Tidemark.Postgres.Tests.Applying;

/// <summary>Vectors reach the index from where they were stored, not from the run that has them.</summary>
public sealed class VectorRowsTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly string InIndex = new IndexTables(1).VectorColumns;
    private SelfRemovingStore _store = null!;
    private NpgsqlConnection _connection = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await SelfRemovingStore.OpenAsync(TimeProvider.System, new PostgresStoreOptions { CreateIfMissing = true });
        await (await StoreScribe.OpenAsync(_store)).DisposeAsync();
        _connection = await TestServer.ConnectAsync(TestServer.Database);
        await _connection.ExecuteAsync($"set search_path = {_store.Schema}, public", None);
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task What_is_stored_counts_and_not_what_is_sent()
    {
        await StoreAsync("one", "two");

        (await WriteAsync(InIndex, completeOn: new NpgsqlConnection(), Chunk(1, "one", vectorOf: "other"), Chunk(2, "two"), Chunk(3, "one")))
            .ShouldBe([TestVector.Of("one"), TestVector.Of("two"), TestVector.Of("one")]);
    }

    [Fact]
    public async Task Nothing_is_written_for_an_index_outside_if_all_is_stored()
    {
        await StoreAsync("one", "two");

        (await WriteAsync(target: null, completeOn: new NpgsqlConnection(), Chunk(1, "one"), Chunk(2, "two"))).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_collected_meanwhile_is_stored_again_and_indexed_once()
    {
        await StoreAsync("one");

        (await WriteAsync(InIndex, _connection, Chunk(1, "one", vectorOf: "other"), Chunk(2, "lost"), Chunk(3, "lost")))
            .ShouldBe([TestVector.Of("one"), TestVector.Of("lost"), TestVector.Of("lost")]);
        await ShouldBeStoredAsync("one", "lost");
    }

    [Fact]
    public async Task What_was_collected_meanwhile_is_stored_again_for_an_index_outside()
    {
        (await WriteAsync(target: null, _connection, Chunk(1, "lost"))).ShouldBeEmpty();

        await ShouldBeStoredAsync("lost");
    }

    private static ChunkRow Chunk(long key, string text, string? vectorOf = null) => new(
        key,
        Document: 1,
        new ChunkWrite
        {
            Input = TestVector.InputOf(text),
            Occurrence = 0,
            Start = 0,
            Length = text.Length,
            Text = text,
            Vector = TestVector.Of(vectorOf ?? text),
        },
        Tokens: 1,
        Caption: "");

    private async Task StoreAsync(params string[] texts) => await _store.Embeddings.PutAsync(
        TestVector.Space, [.. texts.Select(TestVector.Stored)], replace: false, EmbeddingReceipt.None, None);

    /// <param name="completeOn">One that is not open: nothing may be missing.</param>
    /// <returns>What stands in the index then, in the order of the chunks.</returns>
    private async Task<List<float[]>> WriteAsync(string? target, NpgsqlConnection completeOn, params ChunkRow[] chunks)
    {
        var rows = new VectorRows(StoreScribe.Pipeline, [.. chunks]) { Target = target };
        await using var statements = _connection.CreateBatch();
        rows.Write(statements, DateTimeOffset.UtcNow);
        await statements.ExecuteNonQueryAsync();
        await rows.CompleteAsync(completeOn, DateTimeOffset.UnixEpoch, None);

        return await _connection.ListAsync(
            "select embedding::real[] from vectors_1 order by chunk", row => row.GetFieldValue<float[]>(0), None);
    }

    private async Task ShouldBeStoredAsync(params string[] texts)
    {
        var inputs = texts.Select(TestVector.InputOf).ToArray();
        var stored = await _store.Embeddings.FindAsync(TestVector.Space, inputs, None);
        stored.Select(embedding => embedding.Vector.ToArray()).ShouldBe(texts.Select(TestVector.Of), ignoreOrder: true);
    }
}
