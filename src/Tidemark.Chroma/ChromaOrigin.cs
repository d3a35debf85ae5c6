using System.Runtime.CompilerServices;
using System.Text.Json;
using Tidemark.Adopting;

namespace Tidemark.Chroma;

/// <summary>
/// A collection that another program has filled. The server promises no single state while somebody writes to it; how many entries there were
/// at the beginning is told.
/// </summary>
internal sealed class ChromaOrigin(ChromaConnection connection) : IEmbeddingOrigin
{
    private const int MostEntries = 200;

    /// <summary>Bytes of an answer with texts and vectors; it is asked for again in halves where it is larger.</summary>
    private const long MostOfPage = 64 << 20;

    private string? _id;
    private long _count;

    private ChromaLocation Location => connection.Location;

    public async ValueTask<OriginSurvey> SurveyAsync(CancellationToken cancellationToken)
    {
        var answer = await connection.GetCollectionAsync(Location.Collection, cancellationToken).ConfigureAwait(false);
        if (answer.IsNotFound)
        {
            throw new TidemarkException(
                ErrorCodes.SourceMissing,
                $"there is no collection '{Location}'",
                "name one that there is: chroma:http://HOST:PORT/COLLECTION, with ?tenant=T&database=D behind it where they are not the usual ones");
        }

        var body = Required(answer);
        var collection = ChromaCollection.Read(Location, body);
        var count = await connection.GetCollectionAsync(collection.Id + "/count", cancellationToken).ConfigureAwait(false);
        (_id, _count) = (collection.Id, ChromaAnswers.Count(Location, Required(count)));
        return new OriginSurvey(Location.ToString(), Location.Collection) { Rows = _count, Model = ModelOf(body) };
    }

    /// <summary>From places all over the list.</summary>
    public async IAsyncEnumerable<OriginRow> SampleAsync(int most, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new HashSet<long>();
        for (var i = 0; i < most; i++)
        {
            // The golden ratio's steps fall into the largest gap each time.
            var offset = (long)(((i + 1) * 0.6180339887498949 % 1) * _count);
            if (offset < _count && seen.Add(offset))
            {
                foreach (var row in await GetAsync(offset, 1, cancellationToken).ConfigureAwait(false) ?? [])
                {
                    yield return row;
                }
            }
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<OriginRow>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (offset, limit) = (0L, MostEntries);
        while (true)
        {
            if (await GetAsync(offset, limit, cancellationToken).ConfigureAwait(false) is not { } rows)
            {
                limit /= 2; // few entries with very long texts
                continue;
            }

            if (rows.Count > 0)
            {
                yield return rows;
            }

            if (rows.Count < limit)
            {
                yield break;
            }

            offset += rows.Count;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <returns>Null: they are too large to come at once.</returns>
    private async Task<IReadOnlyList<OriginRow>?> GetAsync(long offset, int limit, CancellationToken cancellationToken)
    {
        var answer = await connection.PostAsync($"{_id}/get", ChromaRequests.Texts(offset, limit), MostOfPage, cancellationToken).ConfigureAwait(false);
        if (!answer.IsWhole && limit > 1)
        {
            return null;
        }

        var body = Required(answer);
        try
        {
            return ChromaRows.Read(body);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw ChromaErrors.Unreadable(Location, e.Message);
        }
    }

    private ReadOnlyMemory<byte> Required(ChromaAnswer answer) =>
        !answer.IsOk ? throw ChromaErrors.Refused(Location, answer)
        : answer.IsWhole ? answer.Body
        : throw ChromaErrors.TooLarge(Location);

    /// <summary>Clients note which function of theirs embeds, and with which model.</summary>
    private static string? ModelOf(ReadOnlyMemory<byte> collection)
    {
        using var parsed = JsonDocument.Parse(collection);
        var at = parsed.RootElement;
        foreach (var name in (ReadOnlySpan<string>)["configuration_json", "embedding_function", "config"])
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
            {
                return null;
            }
        }

        return at.ValueKind == JsonValueKind.Object && at.TryGetProperty("model_name", out var model) && model.ValueKind == JsonValueKind.String
            ? model.GetString()
            : null;
    }
}
