namespace Tidemark.Records;

/// <summary>
/// Takes forgotten documents out of golden queries and their results. A query that expected nothing else, or whose text names or quotes one,
/// is about it, and goes whole. Pure.
/// </summary>
/// <param name="documents">The ids of what was forgotten.</param>
/// <param name="traces">Pieces of the texts.</param>
public sealed class GoldenErasure(IReadOnlyCollection<string> documents, IReadOnlyCollection<string> traces)
{
    private readonly HashSet<string> _documents = new(documents, StringComparer.Ordinal);

    private readonly string[] _words =
        [.. documents.Where(document => document.Length >= ErasureTrace.Least).Concat(traces)];

    /// <summary>Whether anything has to be taken out of a query.</summary>
    public bool Touches(GoldenQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return IsAbout(query) || query.Expected.Any(IsForgotten);
    }

    /// <returns>The query without them; null: nothing of it may stay.</returns>
    public GoldenQuery? Without(GoldenQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var rest = query with { Expected = [.. query.Expected.Where(answer => !IsForgotten(answer))] };
        return IsAbout(query) || (query.IsLabelled && !rest.IsLabelled) ? null : rest;
    }

    /// <returns>The results without them; null: there is nothing of them in it.</returns>
    public IReadOnlyList<GoldenResult>? Without(IReadOnlyList<GoldenResult>? results)
    {
        if (results?.Any(result => Touches(result.Question) || result.Found.Any(_documents.Contains)) != true)
        {
            return null;
        }

        return
        [
            .. from result in results
               let question = Without(result.Question)
               where question is not null
               select result with { Question = question, Found = [.. result.Found.Where(document => !_documents.Contains(document))] },
        ];
    }

    private bool IsForgotten(GoldenAnswer answer) => _documents.Contains(answer.Document);

    private bool IsAbout(GoldenQuery query) =>
        _documents.Contains(query.Query) || Array.Exists(_words, word => Names(query.Query, word) || query.Filter.Any(condition => Names(condition, word)));

    private static bool Names(string text, string word) => text.Contains(word, StringComparison.Ordinal);
}
