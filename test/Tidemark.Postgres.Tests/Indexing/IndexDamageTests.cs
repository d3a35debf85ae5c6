using Shouldly;
using Tidemark.Indexing;
using Tidemark.Postgres.Server;
using Xunit;

namespace Tidemark.Postgres.Tests.Indexing;

/// <summary>Whatever happens to the tables that queries read is found, and put right from records and embeddings.</summary>
public sealed class IndexDamageTests : IAsyncLifetime
{
    private const int Count = 1_200;
    private const int BesideGraph = 50;

    private TopicStore _topics = null!;

    public async ValueTask InitializeAsync()
    {
        _topics = await TopicStore.OpenAsync(graphFrom: 1_000);
        await _topics.AddAsync(0, Count);
        await _topics.AddAsync(Count, BesideGraph);
    }

    public ValueTask DisposeAsync() => _topics.DisposeAsync();

    [Theory]
    [InlineData("delete from SCHEMA.vectors_1 where chunk % 7 = 0")]
    [InlineData("delete from SCHEMA.vectors_1_recent")]
    [InlineData("update SCHEMA.vectors_1 set embedding = embedding + embedding where chunk = 9")]
    [InlineData("update SCHEMA.vectors_1 set document = document + 1 where chunk = 9")]
    [InlineData("update SCHEMA.vectors_1 set chunk = chunk + 100000 where chunk = 9")]
    [InlineData("insert into SCHEMA.vectors_1_recent select * from only SCHEMA.vectors_1 where chunk = 9")]
    [InlineData("alter table SCHEMA.vectors_1 alter embedding drop not null; update SCHEMA.vectors_1 set embedding = null where chunk = 9")]
    [InlineData("drop table SCHEMA.vectors_1_recent")]
    [InlineData("delete from SCHEMA.vectors_1_recent; drop table SCHEMA.vectors_1_recent")]
    [InlineData("alter table SCHEMA.vectors_1_recent no inherit SCHEMA.vectors_1")]
    [InlineData("drop table SCHEMA.vectors_1 cascade")]
    [InlineData("delete from SCHEMA.keywords_1 where chunk = 9")]
    [InlineData("update SCHEMA.keywords_1 set terms = '' where chunk = 9")]
    [InlineData("update SCHEMA.keywords_1 set length = length + 1 where chunk = 9")]
    [InlineData("update SCHEMA.keywords_1 set document = document + 1 where chunk = 9")]
    [InlineData("update SCHEMA.keywords_1 set chunk = chunk + 100000 where chunk = 9")]
    [InlineData("alter table SCHEMA.keywords_1 alter terms drop not null; update SCHEMA.keywords_1 set terms = null where chunk = 9")]
    [InlineData("alter table SCHEMA.keywords_1 alter length drop not null; update SCHEMA.keywords_1 set length = null where chunk = 9")]
    [InlineData("drop table SCHEMA.keywords_1_p1")]
    [InlineData("alter table SCHEMA.keywords_1 detach partition SCHEMA.keywords_1_p0")]
    [InlineData("alter table SCHEMA.keywords_1 drop constraint keywords_1_pkey; insert into SCHEMA.keywords_1 select * from SCHEMA.keywords_1 where chunk = 9")]
    [InlineData("drop table SCHEMA.keywords_1")]
    public async Task Every_damage_is_found_and_repaired(string sql)
    {
        var sound = await AnswersAsync();
        (await CheckAsync()).IsClean.ShouldBeTrue();
        await DamageAsync(sql);

        (await CheckAsync()).IsClean.ShouldBeFalse();
        (await RepairAsync()).ShouldBeGreaterThan(0);

        (await CheckAsync()).IsClean.ShouldBeTrue();
        (await AnswersAsync()).ShouldBe(sound);
        await _topics.AddAsync(Count + BesideGraph, 3);
        (await CheckAsync()).IsClean.ShouldBeTrue("a repaired index can be written again");
    }

    /// <summary>Every column of the tables that queries read has a damage above.</summary>
    [Fact]
    public async Task There_are_no_other_tables_and_columns()
    {
        var columns = await TestServer.ScalarAsync<string>(
            TestServer.Database,
            $"""
            select string_agg(table_name || '.' || column_name, ' ' order by table_name, column_name) from information_schema.columns
            where table_schema = '{_topics.Store.Schema}' and (table_name like 'vectors%' or table_name like 'keywords%')
            """);

        columns.ShouldBe(
            "keywords_1.chunk keywords_1.document keywords_1.length keywords_1.terms "
            + "keywords_1_p0.chunk keywords_1_p0.document keywords_1_p0.length keywords_1_p0.terms "
            + "keywords_1_p1.chunk keywords_1_p1.document keywords_1_p1.length keywords_1_p1.terms "
            + "vectors_1.chunk vectors_1.document vectors_1.embedding "
            + "vectors_1_recent.chunk vectors_1_recent.document vectors_1_recent.embedding");
    }

    private async Task<IndexCheck> CheckAsync() => await _topics.Store.Index.CheckAsync("default", CancellationToken.None);

    private async Task<long> RepairAsync() => await _topics.Store.Index.RepairAsync("default", TimeSpan.Zero, CancellationToken.None);

    private Task DamageAsync(string sql) => TestServer.ExecuteAsync(
        sql.Replace("SCHEMA", _topics.Store.Schema, StringComparison.Ordinal), TestServer.Database);

    private async Task<string> AnswersAsync()
    {
        var near = await _topics.SearchAsync(TopicStore.VectorOf(8, 0), MetadataFilter.None, 1);
        var beside = await _topics.SearchAsync(TopicStore.VectorOf(Count + 7, 0), MetadataFilter.None, 1);
        return string.Join(' ', near.Concat(beside).Select(hit => hit.Chunk.Document));
    }
}
