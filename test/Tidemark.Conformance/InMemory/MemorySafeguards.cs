using Tidemark.Records;

namespace Tidemark.Conformance.InMemory;

internal sealed class MemorySafeguards(MemoryState state) : ISafeguards
{
    public ValueTask<IReadOnlyList<Safeguard>> ListAsync(string @namespace, SafeguardKind kind, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            return ValueTask.FromResult<IReadOnlyList<Safeguard>>(state.Namespaces.TryGetValue(@namespace, out var space)
                ? [.. space.Safeguards.Where(one => one.Kind == kind).OrderBy(one => one.Scope).ThenBy(one => one.Name, StringComparer.Ordinal)]
                : []);
        }
    }

    public ValueTask<bool> AddAsync(string @namespace, Safeguard safeguard, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            var space = Require(@namespace);
            var isNew = Find(space, safeguard.Kind, safeguard.Scope, safeguard.Name) is null;
            if (isNew)
            {
                space.Safeguards.Add(safeguard);
            }

            return ValueTask.FromResult(isNew);
        }
    }

    public ValueTask ReplaceAsync(string @namespace, IReadOnlyCollection<Safeguard> safeguards, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            var space = Require(@namespace);
            space.Safeguards.RemoveAll(one => safeguards.Any(other => (one.Kind, one.Scope, one.Name) == (other.Kind, other.Scope, other.Name)));
            space.Safeguards.AddRange(safeguards);
            return ValueTask.CompletedTask;
        }
    }

    public ValueTask<StoreSecret?> FindSecretAsync(CancellationToken cancellationToken) => ValueTask.FromResult(state.Secret);

    public ValueTask<StoreSecret> KeepSecretAsync(StoreSecret secret, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            return ValueTask.FromResult(state.Secret ??= secret);
        }
    }

    public ValueTask<bool> RemoveAsync(
        string @namespace, SafeguardKind kind, SafeguardScope scope, string name, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            return ValueTask.FromResult(state.Namespaces.TryGetValue(@namespace, out var space)
                && Find(space, kind, scope, name) is { } found && space.Safeguards.Remove(found));
        }
    }

    private MemoryNamespace Require(string @namespace) => state.Namespaces.TryGetValue(@namespace, out var space)
        ? space
        : throw new TidemarkException(ErrorCodes.NamespaceMissing, $"there is no namespace '{@namespace}'", "see the list");

    private static Safeguard? Find(MemoryNamespace space, SafeguardKind kind, SafeguardScope scope, string name) =>
        space.Safeguards.Find(one => (one.Kind, one.Scope, one.Name) == (kind, scope, name));
}
