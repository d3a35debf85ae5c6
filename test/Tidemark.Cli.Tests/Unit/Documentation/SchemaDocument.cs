using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tidemark.Composition.Configuration;
using Tidemark.Wire;

namespace Tidemark.Cli.Tests.Unit.Documentation;

/// <summary>The JSON schema of <c>tidemark.json</c>.</summary>
internal static class SchemaDocument
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static JsonObject Requiring(string name) => new() { ["required"] = new JsonArray(name) };

    public static string Generate()
    {
        var properties = new JsonObject { [SettingPaths.Schema] = new JsonObject { ["type"] = "string" } };
        foreach (var setting in SettingTable.Root)
        {
            Put(properties, setting.Path.Split('.'), Describe(setting));
        }

        var source = ObjectOf(SettingTable.Source);
        source["anyOf"] = new JsonArray(Requiring(SettingPaths.SourcePath), Requiring(SettingPaths.SourceGit));
        JsonNode[] kinds = [new JsonObject { ["type"] = "string" }, source, DatabaseOf(SettingPaths.FeedAddress, FeedSettings.Entry, FeedSettings.Table), DatabaseOf(SettingPaths.SqlAddress, SqlSettings.Entry, SqlSettings.Table)];
        properties[SettingPaths.Sources] = new JsonObject
        {
            ["description"] = "What 'tidemark sync' without arguments brings in step, and databases that 'tidemark feed' follows: a list, or an object by name.",
            ["type"] = new JsonArray("array", "object"),
            ["items"] = new JsonObject { ["anyOf"] = new JsonArray([.. kinds]) },
            ["additionalProperties"] = new JsonObject { ["anyOf"] = new JsonArray([.. kinds.Select(kind => kind.DeepClone())]) },
        };
        var extractor = ObjectOf(SettingTable.Extractor);
        extractor["required"] = new JsonArray(SettingPaths.ExtractorGlob, SettingPaths.ExtractorCommand);
        properties[SettingPaths.Extractors] = new JsonObject
        {
            ["description"] = "Programs that turn files into text; where several match a file, the first one reads it.",
            ["type"] = "array",
            ["items"] = extractor,
        };
        var expiry = ObjectOf(RuleTable.Expiry);
        expiry["required"] = new JsonArray(SettingPaths.RuleAfter);
        properties[SettingPaths.Expiry] = new JsonObject
        {
            ["description"] = "How long documents are valid that say nothing themselves; of several rules that cover a document the first one counts.",
            ["type"] = "array",
            ["items"] = expiry,
        };
        var tiers = ObjectOf(RuleTable.Tiers);
        tiers["required"] = new JsonArray(SettingPaths.RuleTier);
        properties[SettingPaths.Tiers] = new JsonObject
        {
            ["description"] = "Of which tier documents are that say none themselves; of several rules that cover a document the first one counts.",
            ["type"] = "array",
            ["items"] = tiers,
        };
        properties[SettingPaths.Namespaces] = new JsonObject
        {
            ["description"] = "Namespaces that are not like the others, by name.",
            ["type"] = "object",
            ["additionalProperties"] = ObjectOf(SettingTable.Namespace),
        };
        properties[SettingPaths.Hooks] = new JsonObject
        {
            ["description"] = "Where other systems send their events, by name.",
            ["type"] = "object",
            ["additionalProperties"] = HookOf(),
        };
        properties[SettingPaths.Prices] = new JsonObject
        {
            ["description"] = "USD for a million tokens, by model: 'openai:MODEL', or a beginning of it and '*'.",
            ["type"] = "object",
            ["additionalProperties"] = new JsonObject
            {
                ["type"] = "number",
                ["minimum"] = 0,
                ["maximum"] = MoneyText.Most,
            },
        };
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Settings of Tidemark",
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = properties,
        };
        return schema.ToJsonString(Indented) + "\n";
    }

    private static JsonObject DatabaseOf(string address, IReadOnlyList<SettingDefinition> entry, IReadOnlyList<SettingDefinition> columns)
    {
        var table = ObjectOf(columns);
        table["required"] = new JsonArray(SettingPaths.FeedId, SettingPaths.FeedText);
        var feed = ObjectOf(entry);
        feed["properties"]![SettingPaths.FeedTables] = new JsonObject
        {
            ["description"] = "Tables whose rows are documents, by name.",
            ["type"] = "object",
            ["minProperties"] = 1,
            ["additionalProperties"] = table,
        };
        feed["required"] = new JsonArray(address, SettingPaths.FeedTables);
        return feed;
    }

    private static void Put(JsonObject properties, string[] path, JsonObject description)
    {
        if (path is [var section, var name])
        {
            properties[section] ??= new JsonObject
            {
                ["type"] = "object",
                ["additionalProperties"] = false,
                ["properties"] = new JsonObject(),
            };
            properties[section]!["properties"]![name] = description;
        }
        else
        {
            properties[path[0]] = description;
        }
    }

    private static JsonObject HookOf()
    {
        var hook = ObjectOf(HookTable.Settings);
        hook["properties"]![SettingPaths.HookMappings] = new JsonObject
        {
            ["description"] = "One for each kind of event, by the text that 'by' leads to; '*' is for all others.",
            ["type"] = "object",
            ["minProperties"] = 1,
            ["additionalProperties"] = ObjectOf(HookTable.Mapping),
        };
        hook["anyOf"] = new JsonArray(
            new JsonObject { ["required"] = new JsonArray(SettingPaths.HookId) },
            new JsonObject { ["required"] = new JsonArray(SettingPaths.HookBy, SettingPaths.HookMappings) });
        return hook;
    }

    private static JsonObject ObjectOf(IReadOnlyList<SettingDefinition> table)
    {
        var properties = new JsonObject();
        foreach (var setting in table)
        {
            properties[setting.Path] = Describe(setting);
        }

        return new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = properties };
    }

    private static JsonObject Describe(SettingDefinition setting)
    {
        var json = new JsonObject
        {
            ["description"] = setting.Description.Replace("`", "'", StringComparison.Ordinal),
            ["type"] = TypeOf(setting.Kind),
        };
        switch (setting.Kind)
        {
            case SettingKind.Choice:
                json["enum"] = new JsonArray([.. setting.Choices.Select(c => (JsonNode)c)]);
                break;
            case SettingKind.Text:
                json["minLength"] = 1;
                break;
            case SettingKind.Texts:
                json["items"] = new JsonObject { ["type"] = "string" };
                if (setting.IsListOnly)
                {
                    json["type"] = "array";
                    json["minItems"] = 1;
                }

                break;
        }

        PutBounds(json, setting);
        if (setting.Default is { } standard)
        {
            json["default"] = setting.Kind is SettingKind.Text or SettingKind.Choice ? standard : JsonNode.Parse(standard);
        }

        return json;
    }

    private static void PutBounds(JsonObject json, SettingDefinition setting)
    {
        if (double.IsFinite(setting.Minimum))
        {
            json["minimum"] = setting.Minimum;
        }

        if (double.IsFinite(setting.Maximum))
        {
            json["maximum"] = setting.Maximum;
        }
    }

    private static JsonNode TypeOf(SettingKind kind) => kind switch
    {
        SettingKind.Integer => "integer",
        SettingKind.Number => "number",
        SettingKind.Flag => "boolean",
        SettingKind.Texts => new JsonArray("string", "array"),
        _ => "string",
    };
}
