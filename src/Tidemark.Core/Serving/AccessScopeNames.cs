namespace Tidemark.Serving;

/// <summary>Scopes as people and JSON have them: <c>read</c>, <c>write</c>, <c>admin</c>.</summary>
public static class AccessScopeNames
{
    private static readonly (string Name, AccessScope Scope)[] Names =
        [("read", AccessScope.Read), ("write", AccessScope.Write), ("admin", AccessScope.Admin)];

    /// <summary>All that is included in a scope, from the least on.</summary>
    public static IReadOnlyList<string> Of(AccessScope scope) => [.. Names.Where(known => known.Scope <= scope).Select(known => known.Name)];

    /// <summary>The scope that includes all of those named.</summary>
    /// <exception cref="TidemarkException"><c>usage</c>: one of them is none.</exception>
    public static AccessScope Parse(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return names.Aggregate(AccessScope.None, (scope, name) => Parse(name) is var one && one > scope ? one : scope);
    }

    private static AccessScope Parse(string name) => Array.Find(Names, known => known.Name == name) is { Name: not null } found
        ? found.Scope
        : throw new TidemarkException(
            ErrorCodes.Usage, $"'{name}' is no scope of a key", $"say one of {string.Join(", ", Names.Select(known => known.Name))}; each includes those before it");
}
