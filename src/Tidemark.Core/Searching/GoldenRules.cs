using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Searching;

/// <summary>What a golden query has to be like, so that it can be asked and its answer judged. Pure.</summary>
internal static class GoldenRules
{
    /// <summary>In characters; whoever asks more has no question.</summary>
    private const int LongestQuery = 10_000;

    /// <exception cref="TidemarkException"><c>usage</c>.</exception>
    public static void Require(GoldenQuery query)
    {
        if (string.IsNullOrWhiteSpace(query.Query))
        {
            throw Wrong("the query is empty", "give some words to search for");
        }

        if (query.Query.Length > LongestQuery)
        {
            throw Wrong($"the query has {query.Query.Length} characters, the limit is {LongestQuery}", "ask as people ask, in a sentence or two");
        }

        if (query.Must && !query.IsLabelled)
        {
            throw Wrong("something must be found, but it is not said what", "name the documents that are expected, or leave 'must' out");
        }

        if (query.Expected.FirstOrDefault(answer => answer.Document.Length == 0 || answer.Grade is < 1 or > GoldenAnswer.MostGrade) is { Document: { } wrong } answer)
        {
            throw Wrong(
                wrong.Length == 0 ? "an expected document has an empty id" : $"the grade of '{wrong}' is {answer.Grade}",
                wrong.Length == 0 ? "'DocumentsAsync()' says what there is" : $"a grade is a whole number from 1 to {GoldenAnswer.MostGrade}");
        }

        if (query.Expected.GroupBy(one => one.Document, StringComparer.Ordinal).FirstOrDefault(group => group.Skip(1).Any()) is { } twice)
        {
            throw Wrong($"'{twice.Key}' is expected twice", "name each document once");
        }

        MetadataFilter.Parse(query.Filter);
    }

    private static TidemarkException Wrong(string message, string remedy) => new(ErrorCodes.Usage, message, remedy);
}
