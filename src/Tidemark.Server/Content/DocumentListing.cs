using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Tidemark.Server.Http;
using Tidemark.Server.Problems;
using Tidemark.Wire;

namespace Tidemark.Server.Content;

/// <summary>Pages of documents by id. A cursor names the last id of a page and the generation that the page was of.</summary>
internal static class DocumentListing
{
    public static async Task AnswerAsync(Call call)
    {
        var known = await call.Index.NamespaceAsync(call.Namespace, call.Ended);
        var generation = known.Generation?.Id ?? 0;
        var after = call.Arguments.Text("cursor") is { } cursor ? Parse(cursor, generation) : null;
        var limit = call.Arguments.Integer("limit");
        var page = await call.Index
            .DocumentsAsync(call.Arguments.Text("prefix") ?? "", call.Namespace, call.Arguments.Moment("asOf"), after, call.Ended)
            .Take(limit + 1).ToListAsync(call.Ended);

        await call.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("generation", generation);
            json.WriteStartArray("documents");
            foreach (var document in page.Take(limit))
            {
                DocumentJson.Write(json, document);
            }

            json.WriteEndArray();
            if (page.Count > limit)
            {
                json.WriteString("next", Write(generation, page[limit - 1].Id));
            }

            json.WriteEndObject();
        });
    }

    private static string Write(long generation, string last) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{generation}:{last}")));

    /// <exception cref="HttpProblem">It is none, or of a generation that does not answer any more.</exception>
    private static string Parse(string cursor, long generation)
    {
        if (!Base64Url.IsValid(cursor)
            || Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split(':', 2) is not [var number, var last]
            || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var of))
        {
            throw new TidemarkException(ErrorCodes.Usage, "'cursor' is none that this service gave", "give the 'next' of the page before, as it is");
        }

        return of == generation ? last : throw new HttpProblem(
            Microsoft.AspNetCore.Http.StatusCodes.Status410Gone,
            "cursor.stale",
            $"the cursor is of generation {of}, and generation {generation} answers now",
            "begin the listing anew, without a cursor");
    }
}
