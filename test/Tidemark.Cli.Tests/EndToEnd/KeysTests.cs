using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>Keys of the service: shown once, listed without, rotated, revoked.</summary>
public sealed class KeysTests : IDisposable
{
    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task A_key_is_shown_once_and_stands_nowhere_else()
    {
        var made = (await _work.RunAsync(
            "keys", "create", "indexer", "--scope", "write", "--namespaces", "handbook,\"a, b\"", "--expires", "90d", "--requests-per-minute", "60", "--tokens-per-day",
            "1000000", "--json")).ShouldExit(0).Json;

        var (id, token) = (Text(made["id"]), Text(made["key"]));
        token.ShouldMatch($"^tmk_{id}_[a-z2-7]{{52}}$");
        Text(made["name"]).ShouldBe("indexer");
        made["scopes"]!.ToJsonString().ShouldBe("""["read","write"]""");
        made["namespaces"]!.ToJsonString().ShouldBe("""["handbook","a, b"]""");
        (DateTimeOffset.Parse(Text(made["expiresAt"]), null) - DateTimeOffset.Parse(Text(made["createdAt"]), null))
            .ShouldBe(TimeSpan.FromDays(90), TimeSpan.FromMinutes(5));
        (made["requestsPerMinute"]!.GetValue<int>(), made["tokensPerDay"]!.GetValue<long>()).ShouldBe((60, 1_000_000));

        var list = await _work.RunAsync("keys", "list", "--json");
        var listed = list.ShouldExit(0).Json.AsArray().ShouldHaveSingleItem()!.AsObject();
        listed.ContainsKey("key").ShouldBeFalse();
        Text(listed["id"]).ShouldBe(id);
        listed["lastUsedAt"].ShouldBeNull();
        (await _work.RunAsync("keys", "list")).ShouldExit(0).Output.ShouldSatisfyAllConditions(
            text => text.ShouldContain(id), text => text.ShouldContain("handbook, a, b"), text => text.ShouldNotContain("tmk_"));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(_work.Root, ".tidemark")))
        {
            System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)).ShouldNotContain(token[17..]);
        }
    }

    [Fact]
    public async Task Without_more_a_key_reads_all_namespaces()
    {
        var text = (await _work.RunAsync("keys", "create", "dashboard")).ShouldExit(0).Output;
        text.ShouldSatisfyAllConditions(
            _ => text.ShouldMatch("(?m)^  tmk_[a-z2-7]{12}_[a-z2-7]{52}$"), _ => text.ShouldContain("'dashboard': read in all namespaces, for ever"));

        var listed = (await _work.RunAsync("keys", "list", "--json")).ShouldExit(0).Json.AsArray().Single()!;
        listed["scopes"]!.ToJsonString().ShouldBe("""["read"]""");
        (listed["namespaces"], listed["expiresAt"], listed["requestsPerMinute"]).ShouldBe((null, null, null));
    }

    [Fact]
    public async Task A_rotated_key_keeps_its_id_and_a_revoked_one_stays_listed_as_that()
    {
        var made = (await _work.RunAsync("keys", "create", "n", "--scope", "admin", "--json")).ShouldExit(0).Json;
        var id = Text(made["id"]);

        var rotated = (await _work.RunAsync("keys", "rotate", id, "--overlap", "2h", "--json")).ShouldExit(0).Json;
        (Text(rotated["id"]), Text(rotated["key"]) == Text(made["key"])).ShouldBe((id, false));
        rotated["formerUntil"].ShouldNotBeNull();
        (await _work.RunAsync("keys", "rotate", id, "--overlap", "0s", "--json")).ShouldExit(0).Json["formerUntil"].ShouldBeNull();
        (await _work.RunAsync("keys", "rotate", id)).ShouldExit(0).Output.ShouldContain("the former one is taken until");

        (await _work.RunAsync("keys", "revoke", id, "--json")).ShouldExit(0).Json["revokedAt"].ShouldNotBeNull();
        (await _work.RunAsync("keys", "revoke", id)).ShouldExit(0).Output.ShouldContain("opens nothing any more");
        (await _work.RunAsync("keys", "rotate", id, "--json")).ShouldFail(2, ErrorCodes.KeyMissing);
        (await _work.RunAsync("keys", "list")).ShouldExit(0).Output.ShouldContain("revoked");
        (await _work.RunAsync("store", "copy", "--to", "sqlite:copy.db", "--json")).ShouldExit(0);
        (await _work.RunAsync("keys", "list", "--store", "sqlite:copy.db", "--json")).ShouldExit(0).Json.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_flag_that_would_make_a_key_for_all_namespaces_by_mistake_is_refused()
    {
        var refused = await _work.RunAsync("keys", "create", "n", "--namespace", "handbook");
        refused.ShouldExit(2).Errors.ShouldContain("--namespaces handbook");
        (await _work.RunAsync("keys", "create", "n", "--quiet")).ShouldExit(2).Errors.ShouldContain("--json");
        (await _work.RunAsync("keys", "list", "--json")).ShouldFail(2, ErrorCodes.StoreMissing);
    }

    [Theory]
    [InlineData("keys", "create")]
    [InlineData("keys", "create", "")]
    [InlineData("keys", "create", "n", "--scope", "all")]
    [InlineData("keys", "create", "n", "--namespaces", "a,,b")]
    [InlineData("keys", "create", "n", "--namespaces", "")]
    [InlineData("keys", "create", "n", "--expires", "soon")]
    [InlineData("keys", "create", "n", "--expires", "0d")]
    [InlineData("keys", "create", "n", "--requests-per-minute", "0")]
    [InlineData("keys", "create", "n", "--tokens-per-day", "-1")]
    public async Task What_is_no_key_is_refused_before_anything_is_made(params string[] arguments)
    {
        (await _work.RunAsync([.. arguments, "--json"])).ShouldFail(2, ErrorCodes.Usage);
        Directory.Exists(Path.Combine(_work.Root, ".tidemark")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_key_that_there_is_none_of_is_told()
    {
        (await _work.RunAsync("keys", "revoke", "aaaaaaaaaaaa", "--json")).ShouldFail(2, ErrorCodes.StoreMissing);
        (await _work.RunAsync("keys", "create", "n")).ShouldExit(0);
        (await _work.RunAsync("keys", "revoke", "aaaaaaaaaaaa", "--json")).ShouldFail(2, ErrorCodes.KeyMissing);
        (await _work.RunAsync("keys", "rotate", "aaaaaaaaaaaa", "--overlap", "1", "--json")).ShouldFail(2, ErrorCodes.Usage);
    }

    private static string Text(JsonNode? node) => node!.GetValue<string>();
}
