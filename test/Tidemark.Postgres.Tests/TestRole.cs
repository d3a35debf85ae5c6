using System.Globalization;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Tests;

/// <summary>A role with few rights, which goes after the test.</summary>
internal sealed class TestRole : IAsyncDisposable
{
    private readonly string _database;

    private TestRole(string name, string database) => (Name, _database) = (name, database);

    public string Name { get; }

    public string Url
    {
        get
        {
            var url = TestServer.UrlOf(_database);
            var start = url.IndexOf("://", StringComparison.Ordinal) + 3;
            return $"{url[..start]}{Name}{url[url.IndexOf('@', StringComparison.Ordinal)..]}";
        }
    }

    /// <param name="database">Where it shall have rights.</param>
    /// <param name="grants">What it gets; <c>{0}</c> is its name.</param>
    public static async Task<TestRole> CreateAsync(string database, params string[] grants)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"role_{Guid.NewGuid():n}");
        await TestServer.ExecuteAsync($"create role {name} login password 'right'");
        foreach (var grant in grants)
        {
            await TestServer.ExecuteAsync(string.Format(CultureInfo.InvariantCulture, grant, name), database);
        }

        return new TestRole(name, database);
    }

    public async ValueTask DisposeAsync()
    {
        await TestServer.ExecuteAsync($"drop owned by {Name}", _database);
        await TestServer.ExecuteAsync($"drop role {Name}");
    }
}
