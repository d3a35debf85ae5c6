using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Shouldly;
using Tidemark.Cli.Tests.EndToEnd.Mcp;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd.Hooks;

/// <summary>Senders of npm that nobody here wrote, against the hooks that docs/webhooks.md shows.</summary>
public sealed class ForeignSenderTests : IDisposable
{
    private const string Former = "_FORMER";

    private static readonly string Base64Secret = "whsec_" + Convert.ToBase64String([.. Enumerable.Range(7, 32).Select(i => (byte)i)]);
    private static readonly string FormerBase64Secret = "whsec_" + Convert.ToBase64String([.. Enumerable.Range(70, 32).Select(i => (byte)i)]);
    private static readonly string ForeignBase64Secret = "whsec_" + Convert.ToBase64String([.. Enumerable.Range(150, 32).Select(i => (byte)i)]);

    private readonly Workspace _work = new();
    private readonly HttpClient _client = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _client.Dispose();
        _work.Dispose();
    }

    [Theory]
    [InlineData("standardwebhooks", "shop", """{"type":"product.updated","data":{"id":"CASE","name":"Rope","about":"Ten metres, CASE.","price":9.5,"revision":3}}""", "shop/valid")]
    [InlineData("svix", "shop", """{"type":"product.created","data":{"id":"CASE","name":"Rope of CASE","revision":3}}""", "shop/valid")]
    [InlineData("standardwebhooks", "database", """{"payload":{"op":"u","before":null,"after":{"id":"CASE","title":"Rope CASE"},"source":{"table":"t","lsn":7}}}""", "db/t/valid")]
    [InlineData(
        "octokit", "github",
        """{"action":"edited","repository":{"full_name":"o/r"},"issue":{"number":"CASE","title":"Rope CASE","body":null,"updated_at":"2026-01-01T00:00:00Z"}}""", "o/r/issues/valid")]
    [InlineData("stripe", "stripe", """{"id":"evt_CASE","type":"product.updated","created":1700000000,"data":{"object":{"id":"CASE","name":"Rope CASE","metadata":{"a":"b"}}}}""", "stripe/valid")]
    public async Task What_they_sign_is_taken_and_what_nobody_signed_is_not(string library, string hook, string payload, string document)
    {
        Configure();
        using var service = await ServedIndex.StartAsync(_work);

        var cases = await SendAsync(service, library, hook, payload, hook == "github" ? new JsonObject { ["X-GitHub-Event"] = "issues" } : []);

        var hasTime = library != "octokit";
        foreach (var (name, status, code) in new (string, int, string?)[]
        {
            ("valid", 202, null), ("rotated", 202, null), ("foreign", 401, "hook.signature"), ("tampered", 401, "hook.signature"),
            ("late", hasTime ? 401 : 202, hasTime ? "hook.late" : null), ("early", hasTime ? 401 : 202, hasTime ? "hook.late" : null), ("replayed", 200, null),
        })
        {
            ((int)cases[name]!["status"]!, (string?)cases[name]!["answer"]!["code"]).ShouldBe((status, code), $"{library}, {name}: {cases[name]!.ToJsonString()}");
        }

        ((bool)cases["replayed"]!["answer"]!["repeated"]!).ShouldBeTrue();
        cases.ToJsonString().ShouldNotContain(Base64Secret[6..]);
        await EmptyAsync(service);
        string[] taken = hasTime ? ["rotated", "valid"] : ["early", "late", "rotated", "valid"];
        var prefix = document[..^"valid".Length];
        _work.Documents(await _work.ExportAsync()).ShouldBe(taken.Select(name => prefix + name));
        service.Process.ErrorsSoFar.ShouldNotContain(Base64Secret[6..]);
        await service.StopAsync();
        (await File.ReadAllBytesAsync(_work.PathOf(Workspace.Database), Token)).AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(Base64Secret[6..])).ShouldBe(-1);
    }

    [Fact]
    public async Task CloudEvents_of_their_own_library_are_taken_whichever_way_they_come()
    {
        Configure();
        var key = (string)(await _work.RunAsync("keys", "create", "sender", "--scope", "admin", "--json")).ShouldExit(0).Json["key"]!;
        using var service = await ServedIndex.StartAsync(_work);
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);

        var without = await SendAsync(service, "cloudevents", "events", "", []);
        var cases = await SendAsync(service, "cloudevents", "events", "", new JsonObject { ["authorization"] = $"Bearer {key}" });

        without.ShouldAllBe(one => (int)one.Value!["status"]! == 401);
        cases.Select(one => $"{one.Key} {one.Value!["status"]} {one.Value!["answer"]!["enqueued"]} {one.Value!["answer"]!["deadLetters"]}").ShouldBe(
            ["binary 202 1 0", "structured 202 1 0", "batched 202 3 0", "replayed 200 0 0", "malformed 202 0 1"]);
        await EmptyAsync(service, "tenant-a");
        await EmptyAsync(service);
        _work.Documents(await _work.ExportAsync("--namespace", "tenant-a")).ShouldBe(["pages/binary", "pages/first", "pages/second", "pages/structured"]);
        (await _work.RunAsync("queue", "status", "--json")).ShouldExit(0).Json["deadLetters"]!.AsArray().ShouldHaveSingleItem()!["code"]!.GetValue<string>().ShouldBe("event.unmapped");
        await service.StopAsync();
    }

    [Fact]
    public async Task A_mistake_in_a_hook_is_told_before_anything_listens()
    {
        _work.Environment["TIDEMARK_TRUST"] = "1";
        _work.Write("tidemark.json", """{"hooks":{"a":{"id":"/i~d","text":"/t","version":"/v"},"b":{"signature":"stripe","secretVariables":["NOBODY_HAS_IT"],"id":"/id","text":"/t"}}}""");
        using (var missing = _work.Start("serve", "--listen", "http://127.0.0.1:0"))
        {
            (await missing.FinishAsync()).ShouldExit(2).Errors.ShouldContain("'NOBODY_HAS_IT', which the hook 'b' names in 'secretVariables', is not set");
        }

        _work.Environment["NOBODY_HAS_IT"] = "short";
        using var wrong = _work.Start("serve", "--listen", "http://127.0.0.1:0");
        var errors = (await wrong.FinishAsync()).ShouldExit(2).Errors;
        errors.ShouldContain("the hook 'a': 'id': the pointer '/i~d' has a '~'");
        errors.ShouldContain("the hook 'b': its secret number 1 is none that can be signed with");
        errors.ShouldContain("[configuration.invalid]");
    }

    [Fact]
    public async Task Variables_of_a_folder_s_settings_are_read_for_nobody_who_did_not_trust_them()
    {
        _work.Write("tidemark.json", """{"hooks":{"a":{"signature":"stripe","secretVariables":["HOME"],"id":"/id","text":"/t"},"b":{"signature":"none","id":"/id","text":"/t","version":"/v"}}}""");
        using var refused = _work.Start("serve", "--listen", "http://127.0.0.1:0");

        var errors = (await refused.FinishAsync()).ShouldExit(2).Errors;

        errors.ShouldContain("hooks.a.secretVariables");
        errors.ShouldContain("hooks.b.signature");
    }

    /// <summary>All hooks that the page shows, each with a second secret, in one file.</summary>
    private void Configure()
    {
        var hooks = new JsonObject();
        foreach (var block in Page().Split("```json").Skip(1).Select(part => JsonNode.Parse(part.Split("```")[0])!))
        {
            foreach (var (name, hook) in block["hooks"]!.AsObject())
            {
                var own = hook!.DeepClone();
                if (own["secretVariables"] is JsonArray variables)
                {
                    var first = (string)variables[0]!;
                    own["secretVariables"] = new JsonArray(first, first + Former);
                    var isStandard = (string?)own["signature"] == "standard";
                    (_work.Environment[first], _work.Environment[first + Former]) = isStandard ? (Base64Secret, FormerBase64Secret) : (Base64Secret[6..], FormerBase64Secret[6..]);
                }

                hooks.Add(name, own);
            }
        }

        hooks.Count.ShouldBe(6);
        _work.Environment["TIDEMARK_TRUST"] = "1";
        _work.Write("tidemark.json", new JsonObject { ["hooks"] = hooks }.ToJsonString());
    }

    private static string Page() => File.ReadAllText(Path.GetFullPath(Path.Combine(TidemarkProcess.Built, "..", "..", "..", "..", "..", "..", "docs", "webhooks.md")));

    private async Task<JsonObject> SendAsync(ServedIndex service, string library, string hook, string payload, JsonObject headers)
    {
        string[] secrets = [Base64Secret, FormerBase64Secret, ForeignBase64Secret];
        var isStandard = hook is "shop" or "database";
        using var sender = ForeignClients.Start(_work, "hooks/send.mjs", library, $"{service.Api}/hooks/{hook}");
        await sender.Input.WriteAsync(new JsonObject
        {
            ["secrets"] = new JsonArray([.. secrets.Select(secret => (JsonNode)(isStandard ? secret : secret[6..]))]),
            ["payload"] = payload,
            ["headers"] = headers,
        }.ToJsonString());
        return (await sender.FinishAsync()).ShouldExit(0).Json.AsObject();
    }

    private Task EmptyAsync(ServedIndex service, string @namespace = "default") => Awaiting.FactAsync("the queue is empty", async () =>
    {
        var queue = JsonNode.Parse(await _client.GetStringAsync($"{service.Api}/queue?namespace={@namespace}", Token))!;
        return (long)queue["pending"]! == 0 && (long)queue["leased"]! == 0;
    });
}
