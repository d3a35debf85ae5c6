using Shouldly;
using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Support;
using Tidemark.Records;
using Tidemark.Serving;
using Xunit;

namespace Tidemark.Core.Tests.Serving;

/// <summary>What callers did is listed for 90 days, and tells of a document only to whoever knows its id.</summary>
public sealed class AuditLogTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TestClock _clock = new();
    private readonly InMemoryStore _store;
    private readonly AuditLog _log;

    public AuditLogTests()
    {
        _store = new InMemoryStore(_clock);
        _log = new AuditLog(_store.ServiceEntries, _clock);
    }

    [Fact]
    public async Task What_was_done_is_listed_the_newest_first_page_by_page()
    {
        var all = new List<AuditEntry>();
        for (var i = 0; i < 7; i++)
        {
            all.Add(new AuditEntry
            {
                At = _clock.Now.AddSeconds(i),
                KeyId = i % 2 == 0 ? "aaaaaaaaaaaa" : null,
                Action = $"action {i}",
                Namespace = i % 3 == 0 ? "n" : null,
                Subject = i % 3 == 1 ? await _log.SubjectOfAsync("docs/a.md", None) : null,
                Status = 200 + i,
                RequestId = "the same for all",
            });
            await _log.AppendAsync(all[^1], None);
        }

        var listed = new List<AuditEntry>();
        while (await _log.ListAsync(listed.Count > 0 ? listed[^1].Position : null, 3, None) is { Count: > 0 } page)
        {
            listed.AddRange(page);
        }

        listed.Select(done => done with { Position = null }).ShouldBe(all.AsEnumerable().Reverse());
    }

    [Fact]
    public async Task A_document_has_one_name_in_a_store_and_another_in_another_and_neither_shows_its_id()
    {
        var names = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(
            async () => await new AuditLog(_store.ServiceEntries, _clock).SubjectOfAsync("people/ada.md", None))));

        names.Distinct().ShouldHaveSingleItem().ShouldMatch("^hmac-sha256:[0-9a-f]{64}$");
        (await _log.SubjectOfAsync("people/ada.md", None)).ShouldBe(names[0]);
        (await _log.SubjectOfAsync("people/bob.md", None)).ShouldNotBe(names[0]);
        (await new AuditLog(new InMemoryStore(_clock).ServiceEntries, _clock).SubjectOfAsync("people/ada.md", None)).ShouldNotBe(names[0]);
    }

    [Fact]
    public async Task After_90_days_it_is_not_listed_and_goes_when_something_is_added()
    {
        await _log.AppendAsync(new AuditEntry { At = _clock.Now, Action = "old" }, None);
        var name = await _log.SubjectOfAsync("a", None);
        _clock.Now += TimeSpan.FromDays(90);

        (await _log.ListAsync(null, 10, None)).ShouldBeEmpty();
        await _log.AppendAsync(new AuditEntry { At = _clock.Now, Action = "new" }, None);

        (await _store.ServiceEntries.RemoveExpiredAsync(_clock.Now, 10, None)).ShouldBe(0, "the old one went already");
        (await _log.ListAsync(null, 10, None)).ShouldHaveSingleItem().Action.ShouldBe("new");
        (await _log.SubjectOfAsync("a", None)).ShouldBe(name, "the salt stays");
    }

    [Fact]
    public async Task What_cannot_be_read_is_told_and_hides_nothing()
    {
        await _log.AppendAsync(new AuditEntry { At = _clock.Now, Action = "one" }, None);
        await _store.ServiceEntries.PutAsync(new ServiceEntry("audit", "damaged", "{", _clock.Now.AddSeconds(1)), None);

        (await _log.ListAsync(null, 10, None)).Select(done => done.Action).ShouldBe(["unreadable", "one"]);
    }
}
