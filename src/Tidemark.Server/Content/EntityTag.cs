using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Tidemark.Documents;
using Tidemark.Server.Problems;

namespace Tidemark.Server.Content;

/// <summary>The tag of a document's state: the sequence of the commit that made it.</summary>
internal static class EntityTag
{
    public static string Of(long sequence) => string.Create(CultureInfo.InvariantCulture, $"\"{sequence}\"");

    /// <summary>Whether the caller has this very state.</summary>
    public static bool IsKnown(HttpRequest request, long sequence) =>
        Tags(request.Headers.IfNoneMatch.ToString()).Any(tag => tag.Equals(EntityTagHeaderValue.Any) || SequenceOf(tag) == sequence);

    /// <summary>What the caller believes to be in the index; null: it does not say.</summary>
    /// <exception cref="HttpProblem">It says something that cannot be.</exception>
    public static DocumentExpectation? ExpectationOf(HttpRequest request)
    {
        var (match, none) = (request.Headers.IfMatch.ToString(), request.Headers.IfNoneMatch.ToString());
        return (match, none) switch
        {
            ("", "") => null,
            ("", "*") => DocumentExpectation.IsAbsent,
            (not "" and not "*", "") when Tags(match) is [{ IsWeak: false } tag] && SequenceOf(tag) is { } sequence => DocumentExpectation.IsAt(sequence),
            _ => throw new TidemarkException(
                ErrorCodes.Usage,
                "the condition of the request is none that can be checked",
                "send 'If-Match: \"SEQUENCE\"' with the ETag of the document, or 'If-None-Match: *' for one that is new"),
        };
    }

    private static IList<EntityTagHeaderValue> Tags(string header) =>
        EntityTagHeaderValue.TryParseList([header], out var tags) ? tags : [];

    private static long? SequenceOf(EntityTagHeaderValue tag) =>
        long.TryParse(tag.Tag.AsSpan().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? sequence : null;
}
