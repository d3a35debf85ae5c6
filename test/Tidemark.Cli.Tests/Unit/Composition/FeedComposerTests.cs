using System.Collections;
using Shouldly;
using Tidemark.Composition;
using Tidemark.Composition.Configuration;
using Xunit;

namespace Tidemark.Cli.Tests.Unit.Composition;

/// <summary>Which feeds are carried on, and which are not.</summary>
public sealed class FeedComposerTests
{
    private static readonly Hashtable Environment = new() { ["A"] = "postgres://u:hush@db.example.org/a", ["B"] = "postgres://v@DB.example.org:5432/b?sslmode=require" };

    /// <summary>A slot is called the same on a whole server.</summary>
    [Theory]
    [InlineData("env:A", "env:A")]
    [InlineData("env:A", "env:B")]
    [InlineData("postgres://u@localhost:5440/a", "postgres://u@127.0.0.1:5440/a")]
    [InlineData("postgres://u@[::1]:5440/a", "postgresql://v:hush@LOCALHOST:5440/other")]
    [InlineData("postgres://u@db.example.org./a", "env:A")]
    public void Two_of_one_slot_are_refused_with_both_their_names(string one, string other)
    {
        var composer = Composer(Feed("orders", one, "mine"), Feed("products", other, "mine"));

        var refused = Should.Throw<TidemarkException>(() => composer.Compose(names: null));

        refused.Code.ShouldBe(ErrorCodes.ConfigurationInvalid);
        refused.Message.ShouldContain("'orders' and 'products'");
        refused.Message.ShouldNotContain("hush");
        refused.Remedy.ShouldContain("'slot'");
        Should.Throw<TidemarkException>(composer.ComposeStanding).Code.ShouldBe(ErrorCodes.ConfigurationInvalid);
    }

    [Fact]
    public void Names_that_make_the_same_slot_are_one_slot_too() =>
        Should.Throw<TidemarkException>(() => Composer(Feed("my-shop", "env:A", null), Feed("my_shop", "env:A", null)).Compose(names: null))
            .Code.ShouldBe(ErrorCodes.ConfigurationInvalid);

    [Theory]
    [InlineData("env:A", "mine", "env:A", "yours")]
    [InlineData("env:A", "mine", "postgres://u@db.example.org:5433/a", "mine")]
    [InlineData("env:A", null, "env:A", null)]
    public void Others_stand_beside_each_other(string one, string? slot, string other, string? otherSlot) =>
        Composer(Feed("orders", one, slot), Feed("products", other, otherSlot)).ComposeStanding().Count.ShouldBe(2);

    [Fact]
    public void Those_of_an_append_only_namespace_are_left_out_and_named()
    {
        var composer = Composer(Feed("orders", "env:A", null));
        composer.LeaveOut().ShouldBeEmpty();
        composer = composer with { Settings = composer.Settings with { AppendOnlyNamespaces = [composer.Settings.Namespace] } };

        composer.ComposeStanding().ShouldBeEmpty();

        var left = composer.LeaveOut().ShouldHaveSingleItem();
        left.Source.ShouldBe("orders");
        left.Why.ShouldContain("append-only");
        (composer with { Settings = composer.Settings with { CarriesFeeds = false } }).LeaveOut().ShouldBeEmpty();
    }

    private static FeedSettings Feed(string name, string address, string? slot) => new(name, address, slot, [new FeedTableSettings("t", "{id}", "{a}")]);

    private static FeedComposer Composer(params FeedSettings[] feeds) =>
        new(ConfigurationLoader.Load(Path.GetTempPath(), new Hashtable(), new SettingLayer("the command line")) with { Feeds = feeds }, Environment);
}
