using System.Runtime.CompilerServices;
using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Chroma;

/// <summary>One collection as an external index.</summary>
internal sealed class ChromaIndex(ChromaConnection connection) : IExternalIndex
{
    /// <summary>Entries in one request, if the server takes so many.</summary>
    private const int MostEntries = 500;

    /// <summary>Estimated bytes of one request; servers refuse more than 40 MB by default.</summary>
    private const long MostBytes = 8 << 20;

    /// <summary>Bytes of an answer with texts, metadata and vectors; a single text that is longer no server takes.</summary>
    private const long MostOfPage = 64 << 20;

    /// <summary>Bytes of an id in an answer, and of what stands around them.</summary>
    private const long MostOfId = 1024;

    private const long MostOfRest = 256 * 1024;

    private string? _id;
    private (int BatchSize, bool TakesBase64)? _limits;

    private ChromaLocation Location => connection.Location;

    public async ValueTask<string?> AttachAsync(IndexBinding binding, bool create, CancellationToken cancellationToken)
    {
        var collection = await FindAsync(cancellationToken).ConfigureAwait(false);
        if (collection is null)
        {
            if (binding.Incarnation is not null)
            {
                throw ChromaErrors.Missing(Location);
            }

            if (!create)
            {
                return null;
            }

            collection = await MakeAsync(binding, cancellationToken).ConfigureAwait(false);
        }

        if (collection.Owner is null && !await IsEmptyAsync(collection, cancellationToken).ConfigureAwait(false))
        {
            throw ChromaErrors.OfAnother(Location, collection);
        }

        Require(collection, binding);
        if (collection.Owner is null)
        {
            if (!create)
            {
                return null; // somebody made it empty, to be used
            }

            await MarkAsync(collection, binding, cancellationToken).ConfigureAwait(false);
        }

        return _id = collection.Id;
    }

    public async ValueTask PutAsync(IReadOnlyList<IndexEntry> entries, CancellationToken cancellationToken)
    {
        _limits ??= await ReadLimitsAsync(cancellationToken).ConfigureAwait(false);
        var rest = new ReadOnlyMemory<IndexEntry>([.. entries]);
        var present = new Dictionary<string, string[]>(StringComparer.Ordinal);
        await FindKeysAsync(rest, present, cancellationToken).ConfigureAwait(false);
        while (!rest.IsEmpty)
        {
            var part = rest[..Fitting(rest.Span, Math.Min(MostEntries, _limits.Value.BatchSize))];
            await UpsertAsync(part, present, cancellationToken).ConfigureAwait(false);
            rest = rest[part.Length..];
        }
    }

    public async ValueTask DeleteAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        foreach (var part in ids.Chunk(MostEntries))
        {
            Judged(await AskAsync("delete", ChromaRequests.Delete(part), MostOfRest, cancellationToken).ConfigureAwait(false));
        }
    }

    public async ValueTask<IReadOnlyList<string>> SearchAsync(
        ReadOnlyMemory<float> vector, int limit, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(
            "query", ChromaRequests.Query(vector, limit), MostOfRest + (limit * MostOfId), cancellationToken).ConfigureAwait(false);
        return ChromaAnswers.Nearest(Location, Judged(answer));
    }

    public async IAsyncEnumerable<IReadOnlyList<FoundEntry>> ListAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (offset, limit) = (0, MostEntries);
        while (true)
        {
            var answer = await AskAsync("get", ChromaRequests.List(offset, limit), MostOfPage, cancellationToken).ConfigureAwait(false);
            if (!answer.IsWhole && limit > 1)
            {
                limit /= 2; // few entries with very long texts
                continue;
            }

            var page = ChromaAnswers.Entries(Location, Judged(answer));
            if (page.Count > 0)
            {
                yield return page;
            }

            if (page.Count < limit)
            {
                yield break;
            }

            offset += limit;
        }
    }

    public async ValueTask DropAsync(IndexBinding binding, CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken).ConfigureAwait(false) is not { } collection
            || !string.Equals(collection.Owner, binding.Owner, StringComparison.Ordinal))
        {
            return; // gone, or by now somebody else's
        }

        var answer = await connection.DeleteAsync(Location.Collection, cancellationToken).ConfigureAwait(false);
        if (!answer.IsOk && !answer.IsNotFound)
        {
            throw ChromaErrors.Refused(Location, answer);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>How many entries from the first one make one request.</summary>
    private static int Fitting(ReadOnlySpan<IndexEntry> entries, int most)
    {
        var (count, bytes) = (0, 0L);
        while (count < entries.Length && count < most && (count == 0 || bytes < MostBytes))
        {
            var entry = entries[count++];
            bytes += (3L * entry.Text.Length) + (6L * entry.Vector.Length) + (3L * entry.Metadata.Json.Length);
        }

        return count;
    }

    private void Require(ChromaCollection collection, IndexBinding binding)
    {
        var isOurs = string.Equals(collection.Owner, binding.Owner, StringComparison.Ordinal);
        if (collection.Owner is not null && !isOurs)
        {
            throw ChromaErrors.OfAnother(Location, collection);
        }

        if (binding.Incarnation is { } known && !string.Equals(known, collection.Id, StringComparison.Ordinal))
        {
            throw ChromaErrors.Missing(Location);
        }

        if ((isOurs && !string.Equals(collection.Space, binding.Space.Name, StringComparison.Ordinal))
            || (collection.Dimension is { } dimension && dimension != binding.Space.Dimensions))
        {
            throw ChromaErrors.OfSpace(Location, collection, binding);
        }

        if (collection.Distance is { } distance && distance != "cosine")
        {
            throw ChromaErrors.Foreign(Location, $"compares vectors by '{distance}', not by cosine");
        }
    }

    private async Task<ChromaCollection?> FindAsync(CancellationToken cancellationToken)
    {
        var answer = await connection.GetCollectionAsync(Location.Collection, cancellationToken).ConfigureAwait(false);
        return answer.IsNotFound && answer.Body.Length > 0 && answer.Message.Contains("does not exist", StringComparison.Ordinal)
            ? null
            : ChromaCollection.Read(Location, Required(answer));
    }

    private async Task<ChromaCollection> MakeAsync(IndexBinding binding, CancellationToken cancellationToken)
    {
        var answer = await connection.PostAsync("", ChromaRequests.Create(Location.Collection, binding), cancellationToken)
            .ConfigureAwait(false);
        return ChromaCollection.Read(Location, Required(answer));
    }

    private async Task MarkAsync(ChromaCollection collection, IndexBinding binding, CancellationToken cancellationToken)
    {
        var answer = await connection.PutAsync(collection.Id, ChromaRequests.Mark(binding), cancellationToken).ConfigureAwait(false);
        Required(answer);
    }

    private async Task<bool> IsEmptyAsync(ChromaCollection collection, CancellationToken cancellationToken)
    {
        var answer = await connection.GetCollectionAsync(collection.Id + "/count", cancellationToken).ConfigureAwait(false);
        return ChromaAnswers.Count(Location, Required(answer)) == 0;
    }

    private async Task<(int BatchSize, bool TakesBase64)> ReadLimitsAsync(CancellationToken cancellationToken)
    {
        var answer = await connection.GetAsync("api/v2/pre-flight-checks", cancellationToken).ConfigureAwait(false);
        return ChromaAnswers.Limits(Location, Required(answer));
    }

    private async Task UpsertAsync(
        ReadOnlyMemory<IndexEntry> entries, IReadOnlyDictionary<string, string[]> present, CancellationToken cancellationToken)
    {
        var body = ChromaRequests.Upsert(entries, present, _limits!.Value.TakesBase64);
        var answer = await connection.PostAsync(Attached() + "/upsert", body, cancellationToken).ConfigureAwait(false);
        if (answer.IsTooLarge && entries.Length > 1)
        {
            var half = entries.Length / 2;
            await UpsertAsync(entries[..half], present, cancellationToken).ConfigureAwait(false);
            await UpsertAsync(entries[half..], present, cancellationToken).ConfigureAwait(false);
            return;
        }

        Judged(answer);
    }

    /// <summary>By entry the metadata keys that it has now.</summary>
    private async Task FindKeysAsync(
        ReadOnlyMemory<IndexEntry> entries, Dictionary<string, string[]> found, CancellationToken cancellationToken)
    {
        string[] ids = [.. entries.ToArray().Select(entry => entry.Id.ToString())];
        var answer = await AskAsync("get", ChromaRequests.Metadata(ids), MostOfPage, cancellationToken).ConfigureAwait(false);
        if (!answer.IsWhole && entries.Length > 1)
        {
            var half = entries.Length / 2;
            await FindKeysAsync(entries[..half], found, cancellationToken).ConfigureAwait(false);
            await FindKeysAsync(entries[half..], found, cancellationToken).ConfigureAwait(false);
            return;
        }

        foreach (var (id, keys) in ChromaAnswers.Keys(Location, Judged(answer)))
        {
            found[id] = keys;
        }
    }

    private Task<ChromaAnswer> AskAsync(string what, byte[] body, long most, CancellationToken cancellationToken) =>
        connection.PostAsync($"{Attached()}/{what}", body, most, cancellationToken);

    private string Attached() => _id ?? throw new InvalidOperationException("The index is not attached.");

    private ReadOnlyMemory<byte> Judged(ChromaAnswer answer) =>
        answer.IsNotFound ? throw ChromaErrors.Missing(Location) : Required(answer);

    private ReadOnlyMemory<byte> Required(ChromaAnswer answer) =>
        !answer.IsOk ? throw ChromaErrors.Refused(Location, answer)
        : answer.IsWhole ? answer.Body
        : throw ChromaErrors.TooLarge(Location);
}
