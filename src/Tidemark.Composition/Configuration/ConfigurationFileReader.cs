using System.Text.Json;
using Tidemark.Wire;

namespace Tidemark.Composition.Configuration;

/// <summary>Walks the JSON of a configuration file, checking every value and collecting every mistake.</summary>
internal sealed class ConfigurationFileReader(SettingLayer layer)
{
    private static readonly string[] Structures =
    [
        SettingPaths.Schema, SettingPaths.Sources, SettingPaths.Extractors, SettingPaths.Namespaces, SettingPaths.Prices,
        SettingPaths.Expiry, SettingPaths.Tiers, SettingPaths.Hooks,
    ];

    public void Read(JsonElement root)
    {
        if (!IsObject(root, "the whole of"))
        {
            return;
        }

        foreach (var property in Distinct(root, ""))
        {
            switch (property.Name)
            {
                case SettingPaths.Schema:
                    break;
                case SettingPaths.Sources:
                    ReadSources(property.Value);
                    break;
                case SettingPaths.Extractors:
                    layer.Extractors = ReadList(
                        property, SettingTable.Extractor, [SettingPaths.ExtractorGlob, SettingPaths.ExtractorCommand],
                        "[ { \"glob\": \"**/*.pdf\", \"command\": [\"pdftotext\", \"{file}\", \"-\"] } ]");
                    break;
                case SettingPaths.Expiry:
                    layer.Expiry = ReadList(
                        property, RuleTable.Expiry, [SettingPaths.RuleAfter], "[ { \"source\": \"news\", \"after\": \"30d\" } ]");
                    break;
                case SettingPaths.Tiers:
                    layer.Tiers = ReadList(
                        property, RuleTable.Tiers, [SettingPaths.RuleTier], "[ { \"path\": \"handbook\", \"tier\": \"premium\" } ]");
                    break;
                case SettingPaths.Namespaces:
                    ReadNamespaces(property.Value);
                    break;
                case SettingPaths.Hooks:
                    ReadHooks(property.Value);
                    break;
                case SettingPaths.Prices:
                    ReadPrices(property.Value);
                    break;
                default:
                    ReadRoot(property);
                    break;
            }
        }
    }

    private void ReadRoot(JsonProperty property)
    {
        var section = property.Name + ".";
        if (!SettingTable.Root.Any(s => s.Path.StartsWith(section, StringComparison.Ordinal)))
        {
            ReadSetting(SettingTable.Root, layer.Values, "", property, Structures);
        }
        else if (IsObject(property.Value, $"'{property.Name}' in"))
        {
            foreach (var inner in Distinct(property.Value, section))
            {
                ReadSetting(SettingTable.Root, layer.Values, section, inner, []);
            }
        }
    }

    private void ReadSources(JsonElement sources)
    {
        layer.Sources = [];
        if (sources.ValueKind == JsonValueKind.Object)
        {
            foreach (var source in Distinct(sources, "sources."))
            {
                ReadSource(source.Value, "sources." + source.Name, source.Name);
            }
        }
        else if (sources.ValueKind == JsonValueKind.Array)
        {
            foreach (var source in sources.EnumerateArray())
            {
                ReadSource(source, $"sources[{layer.Sources.Count}]", name: null);
            }
        }
        else
        {
            Mistake($"'sources' in '{layer.Origin}' is not a list", "write [ { \"path\": \"docs\" } ], or { \"NAME\": { \"path\": \"docs\" } }");
        }
    }

    /// <param name="source">One entry.</param>
    /// <param name="place">For messages.</param>
    /// <param name="name">By which it stands among the others; null: they are a list.</param>
    private void ReadSource(JsonElement source, string place, string? name)
    {
        var values = new SettingValues();
        layer.Sources!.Add(values);
        if (source.ValueKind == JsonValueKind.Object && source.TryGetProperty(SettingPaths.FeedAddress, out _))
        {
            layer.Feeds.Add(ReadDatabase(source, place, FeedSettings.Entry, FeedSettings.Table));
            values = layer.Feeds[^1].Values;
        }
        else if (source.ValueKind == JsonValueKind.Object && source.TryGetProperty(SettingPaths.SqlAddress, out _))
        {
            layer.Polls.Add(ReadDatabase(source, place, SqlSettings.Entry, SqlSettings.Table));
            values = layer.Polls[^1].Values;
        }
        else if (source.ValueKind == JsonValueKind.String)
        {
            values.Set(SettingPaths.SourcePath, source.GetString()!);
        }
        else
        {
            ReadEntry(SettingTable.Source, values, source, place);
            if (source.ValueKind == JsonValueKind.Object && !source.TryGetProperty(SettingPaths.SourcePath, out _) && !source.TryGetProperty(SettingPaths.SourceGit, out _))
            {
                Mistake($"'{place}' in '{layer.Origin}' has no 'path'", "name its directory or file of JSON lines, with 'git' a repository, or with 'postgres' or 'sql' a database");
            }
        }

        if (name is not null)
        {
            values.Set(SettingPaths.SourceName, name);
        }
    }

    private FeedValues ReadDatabase(JsonElement source, string place, IReadOnlyList<SettingDefinition> entry, IReadOnlyList<SettingDefinition> columns)
    {
        var feed = new FeedValues(place, new SettingValues(), []);
        foreach (var property in Distinct(source, place + "."))
        {
            if (property.Name != SettingPaths.FeedTables)
            {
                ReadSetting(entry, feed.Values, place + ".", property, [SettingPaths.FeedTables], entry);
            }
            else if (IsObject(property.Value, $"'{place}.{SettingPaths.FeedTables}' in"))
            {
                foreach (var table in Distinct(property.Value, $"{place}.{SettingPaths.FeedTables}."))
                {
                    feed.Tables.Add((table.Name, new SettingValues()));
                    ReadEntry(columns, feed.Tables[^1].Values, table.Value, $"{place}.{SettingPaths.FeedTables}.{table.Name}");
                }
            }
        }

        return feed;
    }

    /// <param name="property">The list of entries.</param>
    /// <param name="table">What an entry may have.</param>
    /// <param name="required">What it must have.</param>
    /// <param name="example">For a remedy.</param>
    private List<SettingValues> ReadList(
        JsonProperty property, IReadOnlyList<SettingDefinition> table, string[] required, string example)
    {
        var entries = new List<SettingValues>();
        if (property.Value.ValueKind != JsonValueKind.Array)
        {
            Mistake($"'{property.Name}' in '{layer.Origin}' is not a list", $"write {example}");
            return entries;
        }

        foreach (var entry in property.Value.EnumerateArray())
        {
            var place = $"{property.Name}[{entries.Count}]";
            var values = new SettingValues();
            entries.Add(values);
            ReadEntry(table, values, entry, place);
            foreach (var name in required.Where(name => entry.ValueKind == JsonValueKind.Object && !entry.TryGetProperty(name, out _)))
            {
                Mistake($"'{place}' in '{layer.Origin}' has no '{name}'", $"it needs {string.Join(" and ", required.Select(one => $"a '{one}'"))}");
            }
        }

        return entries;
    }

    private void ReadNamespaces(JsonElement namespaces)
    {
        if (!IsObject(namespaces, "'namespaces' in"))
        {
            return;
        }

        foreach (var entry in Distinct(namespaces, "namespaces."))
        {
            var values = layer.Namespaces[entry.Name] = new SettingValues();
            ReadEntry(SettingTable.Namespace, values, entry.Value, "namespaces." + entry.Name);
        }
    }

    private void ReadHooks(JsonElement hooks)
    {
        if (!IsObject(hooks, "'hooks' in"))
        {
            return;
        }

        foreach (var entry in Distinct(hooks, "hooks."))
        {
            ReadHook(entry.Name, entry.Value, layer.Hooks[entry.Name] = new SettingValues());
        }
    }

    private void ReadHook(string name, JsonElement hook, SettingValues values)
    {
        var place = "hooks." + name;
        if (!IsObject(hook, $"'{place}' in"))
        {
            return;
        }

        foreach (var property in Distinct(hook, place + "."))
        {
            if (property.Name != SettingPaths.HookMappings)
            {
                ReadSetting(HookTable.Settings, values, place + ".", property, [SettingPaths.HookMappings], HookTable.Settings);
            }
            else if (IsObject(property.Value, $"'{place}.{SettingPaths.HookMappings}' in"))
            {
                var mappings = layer.HookMappings[name] = [];
                foreach (var mapping in Distinct(property.Value, $"{place}.{SettingPaths.HookMappings}."))
                {
                    mappings.Add((mapping.Name, new SettingValues()));
                    ReadEntry(HookTable.Mapping, mappings[^1].Values, mapping.Value, $"{place}.{SettingPaths.HookMappings}.{mapping.Name}");
                }
            }
        }
    }

    private void ReadPrices(JsonElement prices)
    {
        if (!IsObject(prices, "'prices' in"))
        {
            return;
        }

        foreach (var price in Distinct(prices, "prices."))
        {
            if (price.Value.ValueKind == JsonValueKind.Number
                && price.Value.TryGetDecimal(out var usd)
                && usd is >= 0 and <= MoneyText.Most)
            {
                layer.Prices[price.Name] = usd;
            }
            else
            {
                Mistake($"'prices.{price.Name}' in '{layer.Origin}' is not a price",
                    "write USD for a million tokens: { \"openai:text-embedding-3-small\": 0.02 }");
            }
        }
    }

    private void ReadEntry(
        IReadOnlyList<SettingDefinition> table, SettingValues values, JsonElement entry, string place)
    {
        if (!IsObject(entry, $"'{place}' in"))
        {
            return;
        }

        foreach (var property in Distinct(entry, place + "."))
        {
            ReadSetting(table, values, place + ".", property, [], table);
        }
    }

    private void ReadSetting(
        IReadOnlyList<SettingDefinition> table,
        SettingValues values,
        string prefix,
        JsonProperty property,
        IEnumerable<string> others,
        IReadOnlyList<SettingDefinition>? local = null)
    {
        var path = local is null ? prefix + property.Name : property.Name;
        var setting = table.FirstOrDefault(s => string.Equals(s.Path, path, StringComparison.Ordinal));
        var place = $"'{prefix}{property.Name}' in '{layer.Origin}'";
        if (setting is null)
        {
            var known = table.Select(s => s.Path).Concat(others).ToArray();
            layer.Mistakes.Add(UnknownSetting.Describe(place, path, known));
        }
        else if (SettingParser.Parse(setting, property.Value, place, layer.Mistakes) is { } value)
        {
            values.Set(path, value);
        }
    }

    private IEnumerable<JsonProperty> Distinct(JsonElement json, string prefix)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in json.EnumerateObject())
        {
            if (seen.Add(property.Name))
            {
                yield return property;
            }
            else
            {
                Mistake($"'{prefix}{property.Name}' stands twice in '{layer.Origin}'", "keep one of them");
            }
        }
    }

    private bool IsObject(JsonElement json, string place)
    {
        if (json.ValueKind == JsonValueKind.Object)
        {
            return true;
        }

        Mistake($"{place} '{layer.Origin}' is not an object", "write { … } with the settings inside");
        return false;
    }

    private void Mistake(string message, string remedy) => layer.Mistakes.Add(new(message, remedy));
}
