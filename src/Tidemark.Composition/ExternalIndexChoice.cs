using System.Collections;
using Tidemark.Chroma;
using Tidemark.Indexing;

namespace Tidemark.Composition;

/// <summary>Opens external indexes by their location; nothing of them is loaded before one is needed.</summary>
internal sealed class ExternalIndexChoice(IDictionary environment, TimeProvider clock) : IExternalIndexes
{
    private const string TokenVariable = "CHROMA_TOKEN";

    private ChromaIndexes? _chroma;

    /// <summary>Hears of a server that lets wait; null: nobody listens.</summary>
    public Action<string>? OnSilence { get; init; }

    /// <summary>Refuses locations that nobody who may has named; told whether a token would be sent. Null: none.</summary>
    public Action<string, bool>? Check { get; init; }

    public IExternalIndex Open(string location)
    {
        Check?.Invoke(location, environment[TokenVariable] is string { Length: > 0 });
        _chroma ??= new ChromaIndexes(new ChromaOptions { Token = environment[TokenVariable] as string, OnSilence = OnSilence }, clock);
        return _chroma.Open(location);
    }
}
