using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Records;

namespace Tidemark.Publishing;

/// <summary>
/// The external indexes that a namespace has ever used. One that no generation uses any more is left as it is, with all that it held, so
/// somebody has to know of it: whoever erases says so, and whoever drops the namespace drops it.
/// </summary>
/// <param name="entries">Where that is kept.</param>
/// <param name="namespace">Whose.</param>
internal sealed class KnownIndexes(IServiceEntries entries, string @namespace)
{
    private const string Kind = "known-index";
    private const int Most = 1000;

    public ValueTask NoteAsync(IndexBinding binding, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var value = EntryText.Write(json =>
        {
            json.WriteString("namespace", @namespace);
            json.WriteString("location", binding.Location);
            json.WriteString("owner", binding.Owner);
            json.WriteString("space", binding.Space.Name);
            json.WriteNumber("dimensions", binding.Space.Dimensions);
        });
        return entries.PutAsync(new ServiceEntry(Kind, KeyOf(binding.Location), value, at), cancellationToken);
    }

    /// <summary>The namespace has it no more, and it was dropped or is dropped with it.</summary>
    public async ValueTask RemoveAsync(string location, CancellationToken cancellationToken) =>
        await entries.RemoveAsync(Kind, KeyOf(location), cancellationToken).ConfigureAwait(false);

    /// <summary>Those that no generation of it uses; without incarnations, since nobody watches them any more.</summary>
    /// <param name="generation">Answers.</param>
    /// <param name="beside">Is built, or follows.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public async ValueTask<IReadOnlyList<IndexBinding>> LeftByAsync(GenerationRecord? generation, GenerationRecord? beside, CancellationToken cancellationToken)
    {
        string?[] used = [generation?.Pipeline.Index, beside?.Pipeline.Index];
        var all = await entries.ListAsync(Kind, before: null, Most, cancellationToken).ConfigureAwait(false);
        return
        [
            .. all.Select(entry => EntryText.Read(entry.Value, json => EntryText.Text(json, "namespace") == @namespace
                    ? new IndexBinding(
                        @namespace,
                        new EmbeddingSpace(EntryText.Text(json, "space")!, (int)EntryText.Number(json, "dimensions")!),
                        EntryText.Text(json, "location")!,
                        EntryText.Text(json, "owner")!,
                        Incarnation: null)
                    : null!))
                .OfType<IndexBinding>().Where(binding => !used.Contains(binding.Location, StringComparer.Ordinal)),
        ];
    }

    private string KeyOf(string location) => ContentHash.Of($"{@namespace}\0{location}").ToString();
}
