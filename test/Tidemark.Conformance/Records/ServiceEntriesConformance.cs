using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Conformance.Syncing;
using Tidemark.Records;
using Xunit;

namespace Tidemark.Conformance.Records;

/// <summary>What a service remembers is there for all of its processes, once, and until its time is over.</summary>
public abstract class ServiceEntriesConformance : StoreConformance
{
    private const string Odd = "a\u0000b\u0001 'c' \"d\" \\ ä 語 \U0001F600\n";

    [Fact]
    public async Task What_is_put_is_found_as_it_is_whatever_is_in_it()
    {
        ServiceEntry[] entries =
        [
            Entry(Odd, Odd), Entry("", "") with { Key = new string('\u8a9e', ServiceEntry.LongestKey) }, Entry("k", "") with { Kind = Odd },
            Entry("z", new string('x', 100_000)) with { ExpiresAt = Clock.GetUtcNow().AddTicks(1) },
        ];
        foreach (var entry in entries)
        {
            await Store.ServiceEntries.PutAsync(entry, default);
        }

        foreach (var entry in entries)
        {
            (await Store.ServiceEntries.FindAsync(entry.Kind, entry.Key, default)).ShouldBe(entry);
        }

        (await FindAsync("K")).ShouldBeNull();
        (await Store.ServiceEntries.FindAsync("other", Odd, default)).ShouldBeNull();
        (await Store.Care.CheckAsync("default", default)).Damages.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_first_one_is_added_and_stays_until_it_has_expired_or_goes()
    {
        var first = Entry("k", "first") with { ExpiresAt = Clock.GetUtcNow().AddMinutes(1) };
        (await Store.ServiceEntries.TryAddAsync(first, default)).ShouldBeTrue();
        (await Store.ServiceEntries.TryAddAsync(Entry("k", "second"), default)).ShouldBeFalse();
        (await Store.ServiceEntries.TryAddAsync(Entry("k", "first") with { Kind = "other" }, default)).ShouldBeTrue();
        (await FindAsync("k")).ShouldBe(first);

        Clock.Now += TimeSpan.FromMinutes(1);

        (await FindAsync("k")).ShouldBeNull("the moment itself is over");
        (await Store.ServiceEntries.TryAddAsync(Entry("k", "third"), default)).ShouldBeTrue();
        (await FindAsync("k"))!.ShouldSatisfyAllConditions(entry => entry.Value.ShouldBe("third"), entry => entry.ExpiresAt.ShouldBeNull());
        (await Store.ServiceEntries.RemoveAsync("kind", "k", default)).ShouldBeTrue();
        (await Store.ServiceEntries.RemoveAsync("kind", "k", default)).ShouldBeFalse();
        (await Store.ServiceEntries.TryAddAsync(Entry("k", "fourth"), default)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_value_is_replaced_only_where_it_is_the_one_that_was_read()
    {
        (await Store.ServiceEntries.ReplaceAsync(Entry("k", "b"), "a", default)).ShouldBeFalse("there is none");
        await Store.ServiceEntries.PutAsync(Entry("k", "a"), default);
        (await Store.ServiceEntries.ReplaceAsync(Entry("k", "b"), "A", default)).ShouldBeFalse();
        (await Store.ServiceEntries.ReplaceAsync(Entry("k", Odd) with { ExpiresAt = Clock.GetUtcNow().AddMinutes(1) }, "a", default)).ShouldBeTrue();
        (await Store.ServiceEntries.ReplaceAsync(Entry("k", "c"), "a", default)).ShouldBeFalse();
        (await FindAsync("k"))!.Value.ShouldBe(Odd);

        Clock.Now += TimeSpan.FromMinutes(1);

        (await Store.ServiceEntries.ReplaceAsync(Entry("k", "c"), Odd, default)).ShouldBeFalse("it has expired");
    }

    [Fact]
    public async Task Lists_are_read_page_by_page_from_the_newest_on_whatever_comes_meanwhile()
    {
        foreach (var i in Enumerable.Range(0, 10))
        {
            await Store.ServiceEntries.PutAsync(Entry($"k{i}", "") with { At = Clock.GetUtcNow().AddSeconds(i / 4) }, default);
        }

        await Store.ServiceEntries.PutAsync(Entry("of another kind", "") with { Kind = "other" }, default);
        await Store.ServiceEntries.PutAsync(Entry("over", "") with { ExpiresAt = Clock.GetUtcNow() }, default);

        var listed = new List<string>();
        ServicePosition? before = null;
        while (await Store.ServiceEntries.ListAsync("kind", before, 3, default) is { Count: > 0 } page)
        {
            page.Count.ShouldBeLessThanOrEqualTo(3);
            listed.AddRange(page.Select(entry => entry.Key));
            before = page[^1].Position;
            await Store.ServiceEntries.PutAsync(Entry($"new{listed.Count}", "") with { At = Clock.GetUtcNow().AddHours(1) }, default);
        }

        listed.ShouldBe(["k9", "k8", "k7", "k6", "k5", "k4", "k3", "k2", "k1", "k0"]);
        (await Store.ServiceEntries.ListAsync("none", null, 3, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_several_that_are_put_at_once_all_are_there_or_none()
    {
        await Store.ServiceEntries.PutAsync(Entry("k1", "before"), default);
        await Should.ThrowAsync<ArgumentException>(async () => await Store.ServiceEntries.PutAllAsync([Entry("k0", "a"), Entry("", "b")], default));
        (await FindAsync("k0")).ShouldBeNull();

        await Store.ServiceEntries.PutAllAsync([.. Enumerable.Range(0, 100).Select(i => Entry($"k{i}", $"{i}"))], default);
        await Store.ServiceEntries.PutAllAsync([], default);

        (await Store.ServiceEntries.ListAsync("kind", null, 1000, default)).Select(entry => entry.Value).Order(StringComparer.Ordinal)
            .ShouldBe(Enumerable.Range(0, 100).Select(i => $"{i}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_has_expired_goes_when_it_is_asked_for_and_nothing_else()
    {
        foreach (var i in Enumerable.Range(0, 5))
        {
            await Store.ServiceEntries.PutAsync(Entry($"k{i}", "") with { Kind = $"kind{i}", ExpiresAt = Clock.GetUtcNow().AddMinutes(i) }, default);
        }

        await Store.ServiceEntries.PutAsync(Entry("for ever", ""), default);
        (await Store.ServiceEntries.RemoveExpiredAsync(Clock.GetUtcNow().AddMinutes(2), 2, default)).ShouldBe(2);
        (await Store.ServiceEntries.RemoveExpiredAsync(Clock.GetUtcNow().AddMinutes(2), 2, default)).ShouldBe(1);
        (await Store.ServiceEntries.RemoveExpiredAsync(Clock.GetUtcNow().AddMinutes(2), 2, default)).ShouldBe(0);
        (await Store.ServiceEntries.FindAsync("kind2", "k2", default)).ShouldBeNull();
        (await Store.ServiceEntries.FindAsync("kind3", "k3", default)).ShouldNotBeNull();
        (await FindAsync("for ever")).ShouldNotBeNull();
    }

    [Fact]
    public async Task Of_fifty_who_add_the_same_at_once_one_succeeds_and_of_fifty_who_take_an_expired_place_too()
    {
        (await AllAsync(i => Store.ServiceEntries.TryAddAsync(Entry("k", $"{i}") with { ExpiresAt = Clock.GetUtcNow().AddMinutes(1) }, default)))
            .Count(won => won).ShouldBe(1);

        Clock.Now += TimeSpan.FromMinutes(1);
        var second = await AllAsync(i => Store.ServiceEntries.TryAddAsync(Entry("k", $"{i}"), default));

        second.Count(won => won).ShouldBe(1);
        (await FindAsync("k"))!.Value.ShouldBe($"{Array.IndexOf(second, true)}");
    }

    [Fact]
    public async Task Of_fifty_who_count_at_once_none_is_lost()
    {
        await Store.ServiceEntries.PutAsync(Entry("count", "0"), default);
        await AllAsync(async _ =>
        {
            while (true)
            {
                var read = (await FindAsync("count"))!.Value;
                var next = int.Parse(read, System.Globalization.CultureInfo.InvariantCulture) + 1;
                if (await Store.ServiceEntries.ReplaceAsync(Entry("count", $"{next}"), read, default))
                {
                    return true;
                }
            }
        });

        (await FindAsync("count"))!.Value.ShouldBe("50");
    }

    [Fact]
    public async Task Writing_needs_no_namespace_and_goes_on_beside_a_run_that_holds_it()
    {
        await new SyncBench(Store) { Clock = Clock }.SyncAsync(ScriptedSource.Upsert("a", "one"));
        await using var run = await StoreScribe.OpenAsync(Store);

        (await Store.ServiceEntries.TryAddAsync(Entry("k", "a"), default)).ShouldBeTrue();
        (await Store.ServiceEntries.RemoveAsync("kind", "k", default)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("", "k")]
    [InlineData("kind", "")]
    public async Task Without_a_kind_or_a_key_nothing_is_written(string kind, string key)
    {
        var entry = Entry("k", "") with { Kind = kind, Key = key };
        await Should.ThrowAsync<ArgumentException>(async () => await Store.ServiceEntries.PutAsync(entry, default));
        await Should.ThrowAsync<ArgumentException>(async () => await Store.ServiceEntries.TryAddAsync(entry, default));
        await Should.ThrowAsync<ArgumentException>(async () => await Store.ServiceEntries.ReplaceAsync(entry, "", default));
        await Should.ThrowAsync<ArgumentException>(
            async () => await Store.ServiceEntries.PutAsync(Entry(new string('k', ServiceEntry.LongestKey + 1), ""), default));
    }

    private static async Task<bool[]> AllAsync(Func<int, ValueTask<bool>> work) =>
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(async () => await work(i))));

    private ServiceEntry Entry(string key, string value) => new("kind", key, value, Clock.GetUtcNow());

    private async Task<ServiceEntry?> FindAsync(string key) => await Store.ServiceEntries.FindAsync("kind", key, default);
}
