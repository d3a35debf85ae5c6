using System.Security.Cryptography;
using System.Text;
using Shouldly;
using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Support;
using Tidemark.Records;
using Tidemark.Serving;
using Xunit;

namespace Tidemark.Core.Tests.Serving;

/// <summary>A token opens its key and no other, as long as the key is valid, and stands nowhere.</summary>
public sealed class AccessKeysTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TestClock _clock = new();
    private readonly InMemoryStore _store;
    private readonly AccessKeys _keys;

    public AccessKeysTests()
    {
        _store = new InMemoryStore(_clock);
        _keys = new AccessKeys(_store.ServiceEntries, _clock);
    }

    [Fact]
    public async Task A_token_opens_what_it_was_made_for()
    {
        var request = new AccessKeyRequest
        {
            Name = "team \"ä\"",
            Scope = AccessScope.Write,
            Namespaces = ["a", "b", "a"],
            ExpiresAt = _clock.Now.AddDays(1),
            RequestsPerMinute = 60,
            TokensPerDay = long.MaxValue,
        };

        var made = await _keys.CreateAsync(request, None);

        made.Token.ShouldMatch("^tmk_[a-z2-7]{12}_[a-z2-7]{52}$");
        made.Token.ShouldStartWith($"tmk_{made.Key.Id}_");
        var key = (await _keys.FindAsync(made.Token, None))!;
        key.ShouldSatisfyAllConditions(
            found => found.Id.ShouldBe(made.Key.Id),
            found => (found.Name, found.Scope, found.RequestsPerMinute, found.TokensPerDay).ShouldBe(("team \"ä\"", AccessScope.Write, 60, long.MaxValue)),
            found => found.Namespaces.ShouldBe(["a", "b"]),
            found => (found.CreatedAt, found.ExpiresAt).ShouldBe((_clock.Now, _clock.Now.AddDays(1))),
            found => found.Allows(AccessScope.Read).ShouldBeTrue(),
            found => found.Allows(AccessScope.Write).ShouldBeTrue(),
            found => found.Allows(AccessScope.Admin).ShouldBeFalse(),
            found => found.Reaches("b").ShouldBeTrue(),
            found => found.Reaches("B").ShouldBeFalse());
    }

    [Fact]
    public async Task Without_more_it_reads_all_namespaces_for_ever()
    {
        var made = await _keys.CreateAsync(new AccessKeyRequest { Name = "n" }, None);
        _clock.Now += TimeSpan.FromDays(10_000);

        var key = (await _keys.FindAsync(made.Token, None))!;

        (key.Scope, key.Namespaces, key.ExpiresAt, key.RequestsPerMinute, key.TokensPerDay).ShouldBe((AccessScope.Read, null, null, null, null));
        key.Reaches("any").ShouldBeTrue();
    }

    [Fact]
    public async Task Nothing_else_opens_it()
    {
        var made = await _keys.CreateAsync(new AccessKeyRequest { Name = "n" }, None);
        var other = await _keys.CreateAsync(new AccessKeyRequest { Name = "n" }, None);
        var (token, last) = (made.Token, made.Token[^1]);

        string?[] wrong =
        [
            null, "", " ", "tmk_", made.Key.Id, token[..^1], token + "a", token[..^1] + (last == 'a' ? 'b' : 'a'), token.ToUpperInvariant(), " " + token[1..],
            "tmk_" + other.Key.Id + token[16..], token.Replace('_', '-'), "tmk_aaaaaaaaaaaa" + token[16..], new string('x', 100_000),
        ];
        foreach (var one in wrong)
        {
            (await _keys.FindAsync(one, None)).ShouldBeNull(one);
        }

        (await _keys.FindAsync(token, None)).ShouldNotBeNull();
    }

    [Fact]
    public async Task The_store_holds_a_hash_and_nothing_of_the_secret()
    {
        var made = await _keys.CreateAsync(new AccessKeyRequest { Name = "n" }, None);
        await _keys.RotateAsync(made.Key.Id, TimeSpan.FromHours(1), None);
        var secret = made.Token[17..];

        var entry = (await _store.ServiceEntries.ListAsync("key", null, 10, None)).ShouldHaveSingleItem();

        $"{entry.Kind} {entry.Key} {entry.Value}".ShouldNotContain(secret[..8]);
        entry.Value.ShouldContain(Encoding.UTF8.GetString(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(SHA256.HashData(Encoding.UTF8.GetBytes(secret)))));
        made.ToString().ShouldNotContain(secret[..8]);
        (await _keys.ListAsync(None)).Single().ToString().ShouldNotContain(secret[..8]);
    }

    [Fact]
    public async Task A_key_expires_at_its_time_and_is_listed_for_a_while()
    {
        var made = await _keys.CreateAsync(new AccessKeyRequest { Name = "n", ExpiresAt = _clock.Now.AddMinutes(1) }, None);
        _clock.Now += TimeSpan.FromMinutes(1);

        (await _keys.FindAsync(made.Token, None)).ShouldBeNull();
        (await _keys.ListAsync(None)).Single().IsValid(_clock.Now).ShouldBeFalse();
        (await Should.ThrowAsync<TidemarkException>(async () => await _keys.RotateAsync(made.Key.Id, default, None))).Code.ShouldBe(ErrorCodes.KeyMissing);

        _clock.Now += AuditLog.Kept;
        (await _keys.ListAsync(None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_key_that_is_revoked_opens_nothing_from_then_on()
    {
        var made = await _keys.CreateAsync(new AccessKeyRequest { Name = "n" }, None);
        var rotated = await _keys.RotateAsync(made.Key.Id, TimeSpan.FromDays(1), None);

        var revoked = await _keys.RevokeAsync(made.Key.Id, None);

        revoked.RevokedAt.ShouldBe(_clock.Now);
        (await _keys.FindAsync(made.Token, None)).ShouldBeNull();
        (await _keys.FindAsync(rotated.Token, None)).ShouldBeNull();
        _clock.Now += TimeSpan.FromMinutes(1);
        (await _keys.RevokeAsync(made.Key.Id, None)).RevokedAt.ShouldBe(revoked.RevokedAt, "once is enough");
        (await Should.ThrowAsync<TidemarkException>(async () => await _keys.RotateAsync(made.Key.Id, default, None))).Message.ShouldContain("not valid");
        (await _keys.ListAsync(None)).ShouldHaveSingleItem().RevokedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_rotated_key_takes_both_tokens_until_the_overlap_is_over()
    {
        var first = await _keys.CreateAsync(new AccessKeyRequest { Name = "n", Scope = AccessScope.Admin, Namespaces = ["a"] }, None);

        var second = await _keys.RotateAsync(first.Key.Id, TimeSpan.FromHours(1), None);

        second.Key.ShouldSatisfyAllConditions(
            key => (key.Id, key.Name, key.Scope).ShouldBe((first.Key.Id, "n", AccessScope.Admin)),
            key => key.FormerUntil.ShouldBe(_clock.Now.AddHours(1)));
        (await _keys.FindAsync(first.Token, None)).ShouldNotBeNull();
        (await _keys.FindAsync(second.Token, None)).ShouldNotBeNull();

        _clock.Now += TimeSpan.FromHours(1);
        (await _keys.FindAsync(first.Token, None)).ShouldBeNull();
        var third = await _keys.RotateAsync(first.Key.Id, TimeSpan.Zero, None);
        (await _keys.FindAsync(second.Token, None)).ShouldBeNull("without an overlap it ends at once");
        (await _keys.FindAsync(third.Token, None)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Of_many_rotations_at_once_the_last_token_opens_and_none_is_half_there()
    {
        var made = await _keys.CreateAsync(new AccessKeyRequest { Name = "n" }, None);

        var rotated = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(
            async () => await new AccessKeys(_store.ServiceEntries, _clock).RotateAsync(made.Key.Id, TimeSpan.Zero, None))));

        var open = 0;
        foreach (var one in rotated)
        {
            open += await _keys.FindAsync(one.Token, None) is null ? 0 : 1;
        }

        open.ShouldBe(1);
    }

    [Fact]
    public async Task Its_use_is_noted_once_a_minute_whatever_process_sees_it()
    {
        var counting = new CountedPuts(_store.ServiceEntries);
        var made = await _keys.CreateAsync(new AccessKeyRequest { Name = "n" }, None);
        AccessKeys[] processes = [new(counting, _clock), new(counting, _clock)];
        foreach (var seconds in new[] { 0, 1, 59, 60, 61, 200 })
        {
            foreach (var process in processes)
            {
                await process.TouchAsync(made.Key.Id, _clock.Now.AddSeconds(seconds), None);
            }
        }

        counting.Puts.ShouldBe(3, "at 0, 60 and 200");
        (await _keys.ListAsync(None)).Single().LastUsedAt.ShouldBe(_clock.Now.AddSeconds(200));
        (await _keys.FindAsync(made.Token, None))!.LastUsedAt.ShouldBeNull("only lists know it");
    }

    [Fact]
    public async Task A_damaged_key_opens_nothing_and_can_be_seen_and_revoked()
    {
        var made = await _keys.CreateAsync(new AccessKeyRequest { Name = "n", Scope = AccessScope.Admin }, None);
        var sound = (await _store.ServiceEntries.FindAsync("key", made.Key.Id, None))!;
        foreach (var value in new[] { "", "{}", "[]", "{", sound.Value.Replace("\"scope\":3", "\"scope\":4", StringComparison.Ordinal), sound.Value.Replace("\"name\":\"n\"", "\"name\":1", StringComparison.Ordinal) })
        {
            value.ShouldNotBe(sound.Value);
            await _store.ServiceEntries.PutAsync(sound with { Value = value }, None);

            (await _keys.FindAsync(made.Token, None)).ShouldBeNull(value);
            (await _keys.ListAsync(None)).ShouldHaveSingleItem().Id.ShouldBe(made.Key.Id);
            (await Should.ThrowAsync<TidemarkException>(async () => await _keys.RotateAsync(made.Key.Id, default, None))).Code.ShouldBe(ErrorCodes.KeyMissing);
            (await _keys.RevokeAsync(made.Key.Id, None)).RevokedAt.ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task What_is_no_key_is_refused_and_nothing_is_kept_of_it()
    {
        var good = new AccessKeyRequest { Name = "n" };
        AccessKeyRequest[] wrong =
        [
            good with { Name = "" }, good with { Name = " " }, good with { Name = "a\nb" }, good with { Name = new string('n', AccessKeyRequest.LongestName + 1) },
            good with { Scope = AccessScope.None }, good with { Scope = (AccessScope)7 }, good with { Namespaces = [] }, good with { Namespaces = ["a", ""] },
            good with { ExpiresAt = _clock.Now }, good with { RequestsPerMinute = 0 }, good with { TokensPerDay = -1 },
        ];
        foreach (var request in wrong)
        {
            var refusal = await Should.ThrowAsync<TidemarkException>(async () => await _keys.CreateAsync(request, None), request.ToString());
            refusal.Code.ShouldBe(ErrorCodes.Usage);
        }

        (await _keys.ListAsync(None)).ShouldBeEmpty();
        (await Should.ThrowAsync<TidemarkException>(async () => await _keys.RevokeAsync("aaaaaaaaaaaa", None))).Code.ShouldBe(ErrorCodes.KeyMissing);
        (await Should.ThrowAsync<TidemarkException>(async () => await _keys.RotateAsync("aaaaaaaaaaaa", TimeSpan.FromTicks(-1), None))).Code.ShouldBe(ErrorCodes.Usage);
    }

    [Fact]
    public void A_scope_includes_those_before_it()
    {
        AccessScopeNames.Of(AccessScope.Admin).ShouldBe(["read", "write", "admin"]);
        AccessScopeNames.Of(AccessScope.Read).ShouldBe(["read"]);
        AccessScopeNames.Parse(["write", "read"]).ShouldBe(AccessScope.Write);
        Should.Throw<TidemarkException>(() => AccessScopeNames.Parse(["Read"])).Message.ShouldContain("'Read'");
    }

    private sealed class CountedPuts(IServiceEntries entries) : IServiceEntries
    {
        public int Puts { get; private set; }

        public ValueTask<bool> TryAddAsync(ServiceEntry entry, CancellationToken cancellationToken) => entries.TryAddAsync(entry, cancellationToken);

        public ValueTask PutAsync(ServiceEntry entry, CancellationToken cancellationToken)
        {
            Puts++;
            return entries.PutAsync(entry, cancellationToken);
        }

        public ValueTask PutAllAsync(IReadOnlyList<ServiceEntry> all, CancellationToken cancellationToken)
        {
            Puts += all.Count;
            return entries.PutAllAsync(all, cancellationToken);
        }

        public ValueTask<bool> ReplaceAsync(ServiceEntry entry, string expectedValue, CancellationToken cancellationToken) =>
            entries.ReplaceAsync(entry, expectedValue, cancellationToken);

        public ValueTask<ServiceEntry?> FindAsync(string kind, string key, CancellationToken cancellationToken) => entries.FindAsync(kind, key, cancellationToken);

        public ValueTask<IReadOnlyList<ServiceEntry>> ListAsync(string kind, ServicePosition? before, int limit, CancellationToken cancellationToken) =>
            entries.ListAsync(kind, before, limit, cancellationToken);

        public ValueTask<bool> RemoveAsync(string kind, string key, CancellationToken cancellationToken) => entries.RemoveAsync(kind, key, cancellationToken);

        public ValueTask<int> RemoveExpiredAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
            entries.RemoveExpiredAsync(now, limit, cancellationToken);
    }
}
