using Tidemark.Server.Hooks.Mapping;

namespace Tidemark.Server.Hooks;

/// <summary>What is wrong with one mapping of a webhook.</summary>
/// <param name="name">Among those of the hook; empty: it is the only one.</param>
/// <param name="mapping">What was said.</param>
/// <param name="options">Of the hook.</param>
/// <param name="say">Hears of each mistake and its remedy.</param>
internal sealed class MappingChecks(string name, HookMapping mapping, HookOptions options, Action<string, string> say)
{
    private readonly HookDefaults _defaults = HookDefaults.Of(options.Signature, options.Format);

    /// <summary>In front of a mistake.</summary>
    public static string Place(string name) => name.Length == 0 ? "" : $"the mapping '{name}': ";

    public void Check()
    {
        CheckMapping();
        CheckOrder();
    }

    private void CheckMapping()
    {
        if (string.IsNullOrEmpty(mapping.Id) && new EventKinds(mapping).AsksForMore)
        {
            Tell("it has no 'id'", "say where the document's id stands: \"id\": \"shop/{/data/id}\"");
        }

        if (mapping.Text is null && new EventKinds(mapping).Upserts)
        {
            Tell("it has no 'text'", "say of what the document's text is made: \"text\": \"/data/description\"");
        }

        if (mapping.Source is { } source && string.IsNullOrWhiteSpace(source))
        {
            Tell("its 'source' is empty", "name a source, or leave it out");
        }

        foreach (var (list, other) in ((IReadOnlyList<string>, IReadOnlyList<string>)[])[(mapping.Upsert, mapping.Delete), (mapping.Upsert, mapping.Ignore), (mapping.Delete, mapping.Ignore)])
        {
            if (list.FirstOrDefault(other.Contains) is { } twice)
            {
                Tell($"the event '{twice}' stands in two of 'upsert', 'delete' and 'ignore'", "leave it in one of them");
            }
        }

        if (options.Format == HookFormat.Debezium && (mapping.Upsert.Count > 0 || mapping.Delete.Count > 0 || mapping.Deleted is not null))
        {
            Tell("Debezium's events say themselves what they do", "leave 'upsert', 'delete' and 'deleted' out; 'ignore' may name events");
        }
    }

    private void CheckOrder()
    {
        if (new EventKinds(mapping).AsksForMore && mapping.Version is null && mapping.ModifiedAt is null && !_defaults.HasVersion && _defaults.ModifiedAt is null)
        {
            Tell(
                "nothing orders its events, and they do not come in order",
                "say in 'version' where a number stands that grows with each change, or in 'modifiedAt' when the document was changed");
        }
    }

    private void Tell(string message, string remedy) => say(Place(name) + message, remedy);
}
