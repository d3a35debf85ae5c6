using System.Globalization;
using Tidemark.Embedding;
using Tidemark.OpenAI;
using Tidemark.Searching;

namespace Tidemark.Bench.Quality;

/// <summary>What of judged sets is found, by mode, with the offline embedder, a semantic one, and whole texts beside them.</summary>
internal static class QualityFigures
{
    private static readonly SearchMode[] Modes = [SearchMode.Keyword, SearchMode.Vector, SearchMode.Hybrid];

    /// <param name="committed">The folder of the sets that come with the sources.</param>
    /// <param name="paths">Other sets: files or folders; none: those that come with the sources.</param>
    /// <param name="work">Stores are made here.</param>
    /// <returns>Whether hybrid search is nowhere behind its halves.</returns>
    public static async Task<bool> MeasureAsync(string committed, IReadOnlyList<string> paths, string work, CancellationToken cancellationToken)
    {
        Console.WriteLine("| set | embedder | search | hit@1 | hit@5 | MRR@10 | nDCG@10 |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        var sets = paths.Count > 0 ? paths : [.. Directory.GetFiles(committed, "*.jsonl").Order(StringComparer.Ordinal)];
        var isReached = true;
        foreach (var set in sets.Select(path => new JudgedSet(path)))
        {
            foreach (var model in Models(set))
            {
                isReached &= await MeasureAsync(set, model, Path.Combine(work, "quality.db"), cancellationToken);
            }
        }

        Console.WriteLine();
        Console.WriteLine(isReached ? "hybrid search is nowhere behind its halves" : "hybrid search is behind one of its halves somewhere");
        return isReached;
    }

    /// <summary>The offline one; and the model that the environment names, else what stands in for one.</summary>
    private static IEnumerable<EmbeddingModel> Models(JudgedSet set)
    {
        yield return HashingModel.Create();
        if (Environment.GetEnvironmentVariable("EMBED_MODEL") is { Length: > 0 } name)
        {
            yield return OpenAIModel.Create(
                new OpenAIOptions
                {
                    Model = name,
                    Key = Environment.GetEnvironmentVariable("OPENAI_API_KEY"),
                    BaseUrl = new Uri(Environment.GetEnvironmentVariable("OPENAI_BASE_URL") ?? OpenAIOptions.DefaultBaseUrl),
                    Dimensions = int.Parse(Environment.GetEnvironmentVariable("EMBED_DIMENSIONS") ?? "384", CultureInfo.InvariantCulture),
                },
                TimeProvider.System);
        }
        else if (set.Meanings is { } meanings)
        {
            yield return MeaningGenerator.Model(meanings);
        }
    }

    /// <summary>A language; none: words are found as they stand.</summary>
    private static string? Stemming => Environment.GetEnvironmentVariable("STEMMING") is { Length: > 0 } language ? language : null;

    private static async Task<bool> MeasureAsync(JudgedSet set, EmbeddingModel model, string store, CancellationToken cancellationToken)
    {
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(store)!, Path.GetFileName(store) + "*"))
        {
            File.Delete(file);
        }

        await using var index = TidemarkIndex.Create(t => t.UseSqlite(store).UseEmbedder(model).UseStemming(Stemming));
        await index.SyncAsync([set.Documents()], cancellationToken: cancellationToken);
        var chunks = await index.ChunksAsync(cancellationToken: cancellationToken).ToListAsync(cancellationToken);
        var texts = new WholeTexts(chunks);
        if (!set.IsFolder)
        {
            return await MeasureAsync(set.Name, model.Space.Name, set.Queries(), index, texts, cancellationToken);
        }

        var name = set.Name;
        return await MeasureAsync(name + ", titles", model.Space.Name, FolderQueries.Titles(chunks), index, texts, cancellationToken)
            & await MeasureAsync(name + ", headings", model.Space.Name, FolderQueries.Headings(chunks), index, texts, cancellationToken);
    }

    private static async Task<bool> MeasureAsync(
        string set, string space, IReadOnlyList<JudgedQuery> queries, TidemarkIndex index, WholeTexts texts, CancellationToken cancellationToken)
    {
        if (queries.Count == 0)
        {
            return true;
        }

        var scores = Modes.ToDictionary(mode => mode, _ => new QualityScore());
        var baseline = new QualityScore();
        foreach (var query in queries)
        {
            baseline.Add(query, texts.Search(query.Text));
            foreach (var mode in Modes)
            {
                var result = await index.SearchAsync(query.Text, new SearchOptions { Mode = mode, Limit = QualityScore.Depth }, cancellationToken);
                scores[mode].Add(query, [.. result.Hits.Select(hit => hit.Chunk.Document)]);
            }
        }

        var label = $"| {set} ({queries.Count}) | `{space}`";
        Console.WriteLine($"| {set} ({queries.Count}) | | whole texts, BM25 | {baseline} |");
        foreach (var mode in Modes)
        {
            Console.WriteLine($"{label} | {mode.ToString().ToLowerInvariant()} | {scores[mode]} |");
        }

        return scores[SearchMode.Hybrid].IsAtLeast(scores[SearchMode.Keyword]) && scores[SearchMode.Hybrid].IsAtLeast(scores[SearchMode.Vector]);
    }
}
