namespace Tidemark.Server.Hooks.Mapping;

/// <summary>Which events put a document, which delete it, and which are of no concern. Immutable.</summary>
internal sealed class EventKinds(HookMapping mapping)
{
    /// <summary>Whether documents are put at all.</summary>
    public bool Upserts => mapping.Upsert.Count > 0 || (mapping.Delete.Count == 0 && AsksForMore);

    /// <summary>Whether anything is done with any event; else all of them are of no concern.</summary>
    public bool AsksForMore => mapping.Upsert.Count + mapping.Delete.Count > 0 || !mapping.Ignore.Contains("*", StringComparer.Ordinal);

    /// <summary>Whether anything is asked of an event's name.</summary>
    public bool AsksForNames => mapping.Upsert.Count + mapping.Delete.Count + mapping.Ignore.Count > 0;

    public bool IsIgnored(string kind) => Matches(mapping.Ignore, kind);

    /// <exception cref="EventFault">No list names it.</exception>
    public EventFate Of(string kind) =>
        Matches(mapping.Upsert, kind) ? EventFate.Upsert
        : Matches(mapping.Delete, kind) ? EventFate.Delete
        : IsIgnored(kind) ? EventFate.Ignore
        : mapping.Upsert.Count + mapping.Delete.Count == 0 ? EventFate.Upsert
        : throw new EventFault(
            $"the event is {EventFault.Shown(kind)}, which is in none of 'upsert', 'delete' and 'ignore'", "name it in one of them; \"ignore\": [\"*\"] takes all that the others do not name");

    /// <summary>The most exact name counts, so that a beginning does not take what another list names.</summary>
    private bool Matches(IReadOnlyList<string> patterns, string kind)
    {
        var fit = Fit(patterns, kind);
        return fit >= 0 && fit == new[] { mapping.Upsert, mapping.Delete, mapping.Ignore }.Max(list => Fit(list, kind));
    }

    /// <returns>How many characters are named; -1: it does not match.</returns>
    private static int Fit(IReadOnlyList<string> patterns, string kind) => patterns
        .Select(pattern => pattern == kind ? int.MaxValue
            : pattern.EndsWith('*') && kind.StartsWith(pattern[..^1], StringComparison.Ordinal) ? pattern.Length - 1
            : -1)
        .DefaultIfEmpty(-1).Max();
}
