using System.Text;
using Tidemark.Composition.Configuration;

namespace Tidemark.Cli.Tests.Unit.Documentation;

/// <summary><c>docs/configuration.md</c>.</summary>
internal static class ConfigurationDocument
{
    private const string Head = """
        # Configuration

        <!-- Generated from the code: change the settings' descriptions, then run the tests with TIDEMARK_UPDATE_DOCS=1. -->

        Settings come from, later wins: defaults, `tidemark.json`, environment variables, flags. Every mistake in any of
        them is reported at once, with its remedy (exit code 2).

        `tidemark.json` is looked for in the working directory and above it, as far as the folders have one owner, and not
        above the home folder. Comments and trailing commas are allowed.
        `tidemark init` writes one that suits the folder, and beside it the JSON schema that editors complete by
        (`"$schema"`). Paths in it and in the environment are relative to its folder, without it to the working directory;
        paths that are typed as arguments or flags are relative to the working directory.

        ```json
        {
          "sources": [
            { "path": "docs", "exclude": [ "drafts/**" ] },
            { "path": "products.jsonl", "name": "products", "sourceIdTemplate": "db/products/{id}" }, // one row, one source id
          ],
          "extractors": [ { "glob": "**/*.pdf", "command": ["pdftotext", "{file}", "-"] } ],
          "guard": { "maxDocuments": 10, "maxShare": 0.2 },
          "cost": { "monthlyBudget": 50 },
          "namespaces": { "audit": { "appendOnly": true } },
        }
        ```

        What reaches beyond the file's folder needs your consent, once: `tidemark trust` (see [Trust](#trust)).

        A setting's environment variable is `TIDEMARK__` and its name, sections joined by two underscores, in any case:
        `TIDEMARK__CHUNKING__SIZE`. Lists are separated by commas. `EMBED_MODEL` and `EMBED_DIMENSIONS`, which other tools
        share, are weaker than their `TIDEMARK__` forms.

        ## Settings

        """;

    private const string Trust = """

        ## Trust

        A `tidemark.json` may have come with a folder that somebody else made. So what reaches beyond its folder works only after
        `tidemark trust`: `extractors`, `embedding.baseUrl`, `embedding.keyVariable`, `telemetry.endpoint`, a database and a repository of `sources`, the `secretVariables` of `hooks` and a hook of
        which nobody checks the sender, an `index` other than `store`, a `store` on a server, and a `store` or `sources` outside of the folder, also where a link leads there. Without it
        every command that reads the file ends with exit code 2 and the list of what it wants; on a terminal it asks.

        - `tidemark trust` holds for the file's path and for these settings as they are; a change of any of them asks again, a change
          of any other does not. `--list` shows what is trusted, `--revoke` takes it back. It is kept in `tidemark/trusted` under
          `XDG_CONFIG_HOME`, else `~/.config`.
        - `tidemark init` trusts what it writes. In automation, `TIDEMARK_TRUST=1` trusts whatever file is in use.
        - A `baseUrl` on this machine (`http://localhost:11434/v1`) needs no trust where no key would be sent to it.
        - A file that belongs to neither you nor root is refused, trusted or not.

        """;

    private const string Sources = """

        ## Sources

        `sources` is a list; an entry is an object, or only a path. It may also be an object that has them by name. `tidemark sync` without arguments takes all of them. On
        the command line a configured source is meant by its name or its path; a name that is also the path of
        something else is refused as ambiguous. Flags win over what the source says.

        """;

    private const string Databases = """

        ### Databases

        An entry with `postgres` is a database whose changes `serve`, `worker` or `tidemark feed` bring ([the feed](feed.md)); `sync` does not list it. `tables` names its
        tables as SQL does; each has an object that says what its rows become.
        `{ "shop": { "postgres": "env:SHOP_URL", "tables": { "public.product": { "id": "products/{id}", "text": "{name}" } } } }`

        """;

    private const string Tables = """

        A table's object:

        """;

    private const string Polls = """

        ### Databases that are asked

        An entry with `sql` is a database that `sync` asks what changed: [polling](polling.md). `tables` is as for a feed, with columns of times.
        `{ "shop": { "sql": "env:SHOP_URL", "tables": { "product": { "id": "products/{id}", "text": "{name}", "updated": "updated_at" } } } }`

        """;

    private const string Extractors = """

        ## Extractors

        `extractors` is a list of programs that turn files into text, for formats that Tidemark does not read itself; they
        stand in `tidemark.json` only. [Sources](sources.md#other-formats-a-program) says how they are run.
        `{ "glob": "**/*.pdf", "command": ["pdftotext", "{file}", "-"] }`

        """;

    private const string Expiry = """

        ## Expiry

        `expiry` is a list of rules that say how long documents are valid; they stand in `tidemark.json` only. What a record says itself
        (`expires_at`) counts before any rule; of several rules that cover a document the first one counts, so that exceptions stand before
        what they are exceptions of. [What expires](history.md#what-expires) says what becomes of such documents.
        `[ { "where": "kind=offer", "after": "7d", "from": "published" }, { "source": "news", "after": "30d" } ]`

        """;

    private const string Tiers = """

        ## Tiers

        `tiers` is a list of rules that say of which tier documents are; they stand in `tidemark.json` only. What a record says itself (`tier`)
        counts before any rule; of several rules that cover a document the first one counts. Changes of `premium` documents are carried out
        before others and are measured by themselves (`freshness.premiumSlaSeconds`), those of `archived` ones after them
        ([the queue](queue.md#what-a-change-goes-through)).
        `[ { "where": "draft=true", "tier": "standard" }, { "path": "handbook", "tier": "premium" } ]`

        """;

    private const string Hooks = """

        ## Hooks

        `hooks` holds one object for each webhook, by the name that it has in its address, `POST /api/hooks/NAME`; they stand in `tidemark.json` only.
        A *value* is a JSON pointer (`/data/id`), which takes what stands there as it is, or a text with pointers in braces (`shop/{/data/id}`); a `?`
        behind a pointer says that it may lead to nothing. Where one address takes several kinds of events, `mappings` holds one object for each, by the
        text that `by` leads to, with the settings from `source` to `tier`: `{ "by": "/source/table", "mappings": { "product": { … }, "*": { "ignore": ["*"] } } }`.
        [Webhooks](webhooks.md) has an example of each kind. With `rabbitmq` events are messages of a queue ([RabbitMQ](rabbitmq.md)).

        """;

    private const string Namespaces = """

        ## Namespaces

        `namespaces` holds one object for each namespace that is not like the others:
        `{ "audit": { "appendOnly": true } }`, `TIDEMARK__NAMESPACES__AUDIT__APPENDONLY=true`.

        """;

    private const string Prices = """

        ## Prices

        `prices` gives USD for a million tokens by model: `{ "openai:my-model": 0.05, "openai:local-*": 0 }`. A name is a
        model with its provider, a whole embedding space, or a beginning of one of them and `*`; the longest one that fits
        wins over the list that Tidemark ships with. `cost.pricePerMillionTokens` wins over all of them.
        [cost.md](cost.md) has the list.

        """;

    public static string Generate()
    {
        var text = new StringBuilder(Head);
        Append(text, SettingTable.Root, withVariable: true);
        text.Append(Trust).Append(Sources.TrimStart('\n'));
        Append(text, SettingTable.Source, withVariable: false);
        text.Append(Databases);
        Append(text, FeedSettings.Entry, withVariable: false);
        text.Append(Tables);
        Append(text, FeedSettings.Table, withVariable: false);
        text.Append(Polls);
        Append(text, SqlSettings.Entry, withVariable: false);
        text.Append(Tables);
        Append(text, SqlSettings.Table, withVariable: false);
        text.Append(Extractors);
        Append(text, SettingTable.Extractor, withVariable: false);
        text.Append(Expiry);
        Append(text, RuleTable.Expiry, withVariable: false);
        text.Append(Tiers);
        Append(text, RuleTable.Tiers, withVariable: false);
        text.Append(Hooks);
        Append(text, HookTable.Settings, withVariable: false);
        text.Append(Namespaces);
        Append(text, SettingTable.Namespace, withVariable: false);
        return text.Append(Prices.TrimEnd('\n')).Append('\n').ToString();
    }

    private static void Append(StringBuilder text, IReadOnlyList<SettingDefinition> table, bool withVariable)
    {
        text.Append("\n| setting | takes | default | meaning |\n|---|---|---|---|\n");
        foreach (var setting in table)
        {
            var variable = withVariable && setting.Variable is { } name ? $" Also `{name}`." : "";
            var standard = setting.Default is { } value ? $"`{value}`" : "";
            var takes = SettingParser.Expectation(setting).Replace("'", "`", StringComparison.Ordinal);
            text.Append($"| `{setting.Path}` | {takes} | {standard} | {setting.Description}{variable} |\n");
        }
    }
}
