using System.Net;
using Shouldly;
using Tidemark.Server.Tests.Support;
using Xunit;

namespace Tidemark.Server.Tests.Dashboard;

public sealed class AssetTests
{
    [Fact]
    public async Task What_a_page_loads_comes_from_the_service_and_may_be_kept()
    {
        await using var service = await RunningService.StartAsync();
        var page = await service.PageAsync("");
        var addresses = page.QuerySelectorAll("link, script").Select(element => element.GetAttribute("href") ?? element.GetAttribute("src")!).ToList();

        addresses.Count.ShouldBe(3);
        foreach (var address in addresses)
        {
            using var asset = await service.SendAsync(HttpMethod.Get, address);

            asset.StatusCode.ShouldBe(HttpStatusCode.OK, address);
            asset.Headers.CacheControl!.MaxAge.ShouldBe(TimeSpan.FromDays(365));
            asset.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'");
        }
    }

    [Fact]
    public async Task Pages_themselves_are_not_kept()
    {
        await using var service = await RunningService.StartAsync();

        using var page = await service.SendAsync(HttpMethod.Get, "../");

        page.Headers.CacheControl!.NoStore.ShouldBeTrue();
        page.Headers.GetValues("X-Frame-Options").ShouldBe(["DENY"]);
    }
}
