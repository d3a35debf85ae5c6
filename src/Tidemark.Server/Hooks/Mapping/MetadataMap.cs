using System.Text.Json;

namespace Tidemark.Server.Hooks.Mapping;

/// <summary>How a document's metadata are made: fields by name, and objects that are taken as they are. What is not there is left out.</summary>
internal sealed class MetadataMap
{
    private readonly IReadOnlyList<(string? Name, EventValue? Value, JsonPointer? Object)> _entries;

    /// <exception cref="FormatException">An entry is none.</exception>
    public MetadataMap(IReadOnlyList<string> entries) => _entries = [.. entries.Select(Read)];

    /// <exception cref="EventFault">What should be an object is none.</exception>
    public void Write(Utf8JsonWriter json, EventScope scope)
    {
        if (_entries.Count == 0)
        {
            return;
        }

        json.WriteStartObject("metadata");
        foreach (var (name, value, from) in _entries)
        {
            if (from is null)
            {
                value!.Write(json, name!, scope, leavesOut: true);
            }
            else
            {
                WriteMembers(json, from, scope);
            }
        }

        json.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter json, JsonPointer from, EventScope scope)
    {
        if (scope.Find(from) is not { } found)
        {
            return;
        }

        if (found.ValueKind != JsonValueKind.Object)
        {
            throw new EventFault($"'{from}' is no object, and metadata are made of its members", $"give it a name: \"NAME={from}\"");
        }

        foreach (var member in found.EnumerateObject())
        {
            member.WriteTo(json);
        }
    }

    private static (string? Name, EventValue? Value, JsonPointer? Object) Read(string entry)
    {
        if (entry.StartsWith('/'))
        {
            return (null, null, JsonPointer.Parse(entry));
        }

        var split = entry.IndexOf('=', StringComparison.Ordinal);
        return split > 0
            ? (entry[..split], EventValue.Parse(entry[(split + 1)..]), null)
            : throw new FormatException($"'{entry}' is neither 'NAME=VALUE' nor a pointer to an object");
    }
}
