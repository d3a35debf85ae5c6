using Shouldly;
using Tidemark.Documents;
using Tidemark.Sources;
using Xunit;

namespace Tidemark.Core.Tests.Sources.Sql;

/// <summary>The text of what databases are asked: there is no SQL Server here to ask it.</summary>
public sealed class SqlQueriesTests
{
    private static readonly SqlTable Table = new("dbo.Product", "products/{Id}", "{Name}") { Metadata = ["Price"], Updated = ["UpdatedAt"], Deleted = "Gone]" };

    [Fact]
    public void Changes_are_asked_of_SQL_Server_by_the_column_s_own_types() =>
        Of(SqlDialect.SqlServer, Table, "varchar", "varchar", "datetime", "decimal", "datetime").Changed(10, behind: null).ShouldBe(
            "select top (10) x.[Id], x.[Name], x.[Gone]]], x.[Price], convert(varchar(40), x.[UpdatedAt], 121), "
            + "case when x.[UpdatedAt] <= convert(datetime, @until, 121) then 1 else 0 end "
            + "from [dbo].[Product] x where x.[Id] is not null "
            + "and x.[UpdatedAt] >= dateadd(second, -cast(@overlap as int), convert(datetime, @mark, 121)) order by x.[UpdatedAt], x.[Id]");

    [Fact]
    public void The_next_page_begins_behind_time_and_key_by_the_column_s_collation() =>
        Of(SqlDialect.SqlServer, Table, "varchar", "varchar", "datetime", "decimal", "datetime").Changed(10, behind: [1]).ShouldContain(
            "x.[UpdatedAt] >= convert(datetime, @last, 121) and (x.[UpdatedAt] > convert(datetime, @last, 121) or x.[Id] > cast(@key0 as varchar(8000)))");

    [Fact]
    public void A_key_of_several_columns_is_written_out()
    {
        var table = new SqlTable("t", "{a}/{b}", "{c}");
        Of(SqlDialect.Postgres, table, "uuid", "character", "text").Whole(5, last: ["u", "c"]).ShouldBe(
            "select (x.\"a\")::text, (x.\"b\")::text, (x.\"c\")::text from \"t\" x where x.\"a\" is not null and x.\"b\" is not null "
            + "and (x.\"a\" > cast(@key0 as uuid) or (x.\"a\" = cast(@key0 as uuid) and x.\"b\" > cast(@key1 as bpchar))) order by x.\"a\", x.\"b\" limit 5");
    }

    [Fact]
    public void Of_several_time_stamps_the_first_counts_and_a_query_stands_for_a_table()
    {
        var table = new SqlTable("t", "{a}", "{c}") { Query = "select * from u", Updated = ["p", "q"] };
        Of(SqlDialect.MySql, table, "INT", "VARCHAR", "DATETIME").Changed(5, behind: null).ShouldContain(
            "from (select * from u) x where x.`a` is not null and coalesce(x.`p`, x.`q`) >= (cast(@mark as datetime(6)) - interval @overlap second) order by coalesce(x.`p`, x.`q`), x.`a`");
    }

    [Fact]
    public void What_MySQL_orders_otherwise_than_it_writes_it_is_compared_by_what_it_orders()
    {
        var table = new SqlTable("t", "{lang}/{amount}", "{body}");
        var queries = Of(SqlDialect.MySql, table, "ENUM", "DECIMAL", "TEXT");
        queries.Ordered.ShouldBe([0]);
        queries.Whole(5, last: [3UL, "12345678901234567890.50"]).ShouldBe(
            "select x.`lang`, cast(x.`amount` as char), x.`body`, cast(x.`lang` as unsigned) from `t` x where x.`lang` is not null and x.`amount` is not null "
            + "and (cast(x.`lang` as unsigned) > @key0 or (cast(x.`lang` as unsigned) = @key0 and x.`amount` > cast(@key1 as decimal(65,2)))) "
            + "order by cast(x.`lang` as unsigned), x.`amount` limit 5");
    }

    [Fact]
    public void Keys_that_differ_may_be_one_id_where_they_are_of_several_columns_or_of_anything()
    {
        var pair = new SqlTable("t", "{a}-{b}", "{c}");
        Of(SqlDialect.Postgres, pair, "text", "text", "text").SharedId.ShouldBe(
            "select min(concat((x.\"a\")::text, cast(@literal1 as text), (x.\"b\")::text)) from \"t\" x where x.\"a\" is not null and x.\"b\" is not null "
            + "group by concat((x.\"a\")::text, cast(@literal1 as text), (x.\"b\")::text) having count(*) > 1 order by 1 limit 1");
        Of(SqlDialect.MySql, pair, "VARCHAR", "VARCHAR", "TEXT").SharedId!.ShouldContain("group by cast(concat(x.`a`, @literal1, x.`b`) as binary) having");
        Of(SqlDialect.MySql, new SqlTable("t", "{a}", "{c}"), "VARCHAR", "TEXT").SharedId.ShouldBeNull();
        Of(SqlDialect.Sqlite, new SqlTable("t", "{a}", "{c}"), "INTEGER", "TEXT").SharedId.ShouldBeNull();
        Of(SqlDialect.Sqlite, new SqlTable("t", "t/{a}", "{c}"), "", "TEXT").SharedId!.ShouldContain("typeof(x.\"a\")");
    }

    [Theory]
    [InlineData("product", "`product`")]
    [InlineData("shop.product", "`shop`.`product`")]
    [InlineData("`a.b`.product", "`a.b`.`product`")]
    [InlineData("a`; drop table x; --", "`a``; drop table x; --`")]
    public void Names_are_quoted(string name, string quoted) => SqlDialect.MySql.QuoteName(name).ShouldBe(quoted);

    [Fact]
    public void Ids_of_two_tables_differ_and_rows_are_not_cleaned_up_incrementally()
    {
        Refused(new SqlTable("a", "x/{id}", "{t}"), new SqlTable("b", "x/{id}", "{t}")).Message.ShouldContain("may make the same id");
        Should.Throw<TidemarkException>(() => new SqlSource(Options([Table]) with { Cleanup = CleanupMode.Incremental })).Code.ShouldBe(ErrorCodes.Usage);

        static TidemarkException Refused(params SqlTable[] tables) => Should.Throw<TidemarkException>(() => new SqlSource(Options(tables)));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("false", false)]
    [InlineData("f", false)]
    [InlineData("true", true)]
    [InlineData("2026-11-30", true)]
    [InlineData("T", true)]
    [InlineData("0", false)]
    [InlineData("0000-00-00T00:00:00.000000", false)]
    [InlineData("0000-00-01", true)]
    [InlineData(0, false)]
    [InlineData(1L, true)]
    [InlineData(true, true)]
    public void What_says_that_a_row_is_deleted(object? value, bool isDeleted) =>
        new SqlRows(Table, SqlDialect.Sqlite).IsDeleted([1, "name", value, 2.5]).ShouldBe(isDeleted);

    private static SqlOptions Options(IReadOnlyList<SqlTable> tables) => new()
    {
        Name = "shop",
        Database = Microsoft.Data.Sqlite.SqliteFactory.Instance.CreateDataSource("Data Source=:memory:"),
        Dialect = SqlDialect.Sqlite,
        Tables = tables,
    };

    private static SqlQueries Of(SqlDialect dialect, SqlTable table, params string[] types) => new(dialect, table, new SqlRows(table, dialect)) { Types = types };
}
