using Shouldly;
using Tidemark.Conformance.Syncing;
using Tidemark.Indexing;
using Tidemark.Postgres.Server;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Postgres.Tests.Indexing;

/// <summary>The server computes BM25 as the formula says.</summary>
public sealed class KeywordRankTests
{
    private static readonly string[] Words = ["tide", "mark", "sea", "moon", "wind", "salt", "rope", "keel"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Scores_are_those_of_the_formula(int seed)
    {
        var random = new Random(seed);
        var texts = Enumerable.Range(0, 60)
            .Select(i => string.Join(' ', Enumerable.Range(0, random.Next(1, 80)).Select(_ => Words[random.Next(1 + (i % Words.Length))])))
            .Append(string.Join(' ', Enumerable.Repeat("tide", 254)))
            .ToArray();
        await using var store = await SelfRemovingStore.OpenAsync(TimeProvider.System, new PostgresStoreOptions { CreateIfMissing = true });
        await new SyncBench(store).SyncAsync([.. texts.Select((text, i) => Upsert($"d{i:00}", text))]);
        var generation = (await store.Reader.NamespaceAsync("default", CancellationToken.None))!.Generation!.Id;

        var answer = await store.Index.SearchKeywordAsync(
            new KeywordQuery("default", generation, "tide SALT, rope?", 100, MetadataFilter.None), CancellationToken.None);

        var formula = new Formula(texts, "tide", "salt", "rope");
        var expected = texts.Select((text, i) => (Id: $"d{i:00}", Score: formula.Score(text)))
            .Where(one => one.Score > 0).OrderByDescending(one => one.Score).ThenBy(one => one.Id, StringComparer.Ordinal).ToArray();
        answer.Hits.Count.ShouldBe(expected.Length);
        foreach (var hit in answer.Hits)
        {
            hit.Score.ShouldBe(expected.Single(one => one.Id == hit.Chunk.Document).Score, 1e-6);
        }
    }

    [Fact]
    public async Task Words_of_a_large_generation_are_not_counted_one_by_one_and_the_scores_are_the_same()
    {
        var texts = Enumerable.Range(0, 2_600)
            .Select(i => "tide" + (i % 3 == 0 ? " mark mark" : "") + (i % 100 == 0 ? " moon" : "") + (i == 7 ? " keel" : "")).ToArray();
        await using var store = await SelfRemovingStore.OpenAsync(TimeProvider.System, new PostgresStoreOptions { CreateIfMissing = true });
        await new SyncBench(store).SyncAsync([.. texts.Select((text, i) => Upsert($"d{i:0000}", text))]);
        var generation = (await store.Reader.NamespaceAsync("default", CancellationToken.None))!.Generation!.Id;
        var statistics = await TestServer.ScalarAsync<string[]>(
            TestServer.Database,
            $"select most_common_elems::text::text[] from pg_stats where schemaname = '{store.Schema}' and attname = 'terms'");
        statistics.ShouldContain("tide");

        var answer = await store.Index.SearchKeywordAsync(
            new KeywordQuery("default", generation, "moon tide keel mark", 40, MetadataFilter.None), CancellationToken.None);

        var formula = new Formula(texts, "tide", "moon", "keel", "mark");
        var expected = texts.Select((text, i) => (Id: $"d{i:0000}", Score: formula.Score(text)))
            .OrderByDescending(one => one.Score).ThenBy(one => one.Id, StringComparer.Ordinal).Take(40).ToArray();
        answer.Hits.Select(hit => hit.Chunk.Document).ShouldBe(expected.Select(one => one.Id));
        answer.Hits.Select(hit => hit.Score - formula.Score(hit.Chunk.Text)).ShouldAllBe(difference => Math.Abs(difference) < 1e-6);
    }

    /// <summary>Robertson and Zaragoza, with lengths in words against a fixed average.</summary>
    private sealed class Formula(string[] all, params string[] query)
    {
        private readonly int[] _having = [.. query.Select(word => all.Count(one => one.Split(' ').Contains(word)))];

        public double Score(string text) => query.Select((word, i) =>
        {
            var idf = Math.Log(1 + ((all.Length - _having[i] + 0.5) / (_having[i] + 0.5)));
            var times = text.Split(' ').Count(one => one == word);
            return idf * times * 2.2 / (times + (1.2 * (0.25 + (0.75 * text.Split(' ').Length / 128))));
        }).Sum();
    }
}
