namespace Tidemark.Records;

/// <summary>
/// Rules about documents that outlive them: legal holds, and what was forgotten. Writing takes no lease. A store that keeps its rows twice
/// refuses every call with <c>store.corrupt</c> where they are not what was stored.
/// </summary>
public interface ISafeguards
{
    /// <summary>Those of a namespace, by scope and name; none where it does not exist.</summary>
    ValueTask<IReadOnlyList<Safeguard>> ListAsync(string @namespace, SafeguardKind kind, CancellationToken cancellationToken);

    /// <returns>False: there is one of this kind, scope and name already, which stays as it is.</returns>
    /// <exception cref="TidemarkException"><c>namespace.missing</c>.</exception>
    ValueTask<bool> AddAsync(string @namespace, Safeguard safeguard, CancellationToken cancellationToken);

    /// <summary>Puts each in the place of the one of its kind, scope and name, or where there is none, all in one transaction.</summary>
    /// <exception cref="TidemarkException"><c>namespace.missing</c>.</exception>
    ValueTask ReplaceAsync(string @namespace, IReadOnlyCollection<Safeguard> safeguards, CancellationToken cancellationToken);

    /// <returns>Null: the store has none yet.</returns>
    ValueTask<StoreSecret?> FindSecretAsync(CancellationToken cancellationToken);

    /// <summary>Gives the store a secret, unless it has one.</summary>
    /// <returns>The one that it has from now on.</returns>
    ValueTask<StoreSecret> KeepSecretAsync(StoreSecret secret, CancellationToken cancellationToken);

    /// <returns>False: there is none.</returns>
    ValueTask<bool> RemoveAsync(
        string @namespace, SafeguardKind kind, SafeguardScope scope, string name, CancellationToken cancellationToken);
}
