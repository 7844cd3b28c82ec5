using System.Security.Cryptography;
using Chitti.Grains;
using Chitti.Storage;
using Chitti.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Chitti.Gateway.Tests;

/// <summary>The data folder of a server, seen from outside; removed after the test.</summary>
internal sealed class DataFolder : IDisposable
{
    // The rows of deleted files stay.
    private const string KeptFiles = "(SELECT * FROM files WHERE deleted_at IS NULL)";

    private readonly string _root;

    /// <summary>In a new temporary folder.</summary>
    public DataFolder() : this(Directory.CreateTempSubdirectory("chitti-data-").FullName)
    {
    }

    /// <summary>In a folder that is removed with it.</summary>
    public DataFolder(string root) => _root = root;

    /// <summary>Created by the server.</summary>
    public string Path => System.IO.Path.Combine(_root, "data");

    public string Database => System.IO.Path.Combine(Path, "chitti.db");

    public string Objects => System.IO.Path.Combine(Path, "objects");

    public string[] Staged => Directory.GetFiles(System.IO.Path.Combine(Path, "staging"));

    /// <summary>Keys of all objects below <c>files</c>.</summary>
    public string[] FileObjects => !Directory.Exists(System.IO.Path.Combine(Objects, "files")) ? [] :
        [.. Directory.EnumerateFiles(System.IO.Path.Combine(Objects, "files"), "*", SearchOption.AllDirectories)
            .Select(path => System.IO.Path.GetRelativePath(Objects, path)).Order(StringComparer.Ordinal)];

    /// <summary>Path of an object.</summary>
    public string PathOf(string key) => System.IO.Path.Combine(Objects, key);

    /// <summary>Path and SHA-256 of every file in the folder, except the lock file, the shared memory of SQLite and empty files.</summary>
    public string[] Snapshot() =>
    [
        .. Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories)
            .Where(path => !path.EndsWith("-shm", StringComparison.Ordinal) && !path.EndsWith("chitti.lock", StringComparison.Ordinal) && new FileInfo(path).Length > 0)
            .Select(path => $"{System.IO.Path.GetRelativePath(Path, path)} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))}")
            .Order(StringComparer.Ordinal),
    ];

    public int CountAccepted() => (int)Scalar($"SELECT count(*) FROM {KeptFiles}");

    public int CountInspected() => (int)Scalar("SELECT count(*) FROM inspections");

    public long Scalar(string sql) => Query(sql, reader => reader.GetInt64(0)).Single();

    public string[] Texts(string sql) => [.. Query(sql, reader => reader.GetString(0))];

    /// <summary>Changes the database. No server may be running.</summary>
    public void Execute(string sql)
    {
        using var connection = Open(SqliteOpenMode.ReadWrite);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Reads the database while the server may be running.</summary>
    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> read)
    {
        using var connection = Open(SqliteOpenMode.ReadOnly);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private SqliteConnection Open(SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = Database, Mode = mode, Pooling = false }.ConnectionString);
        connection.Open();
        return connection;
    }

    /// <summary>Waits until no accepted work is left.</summary>
    public Task WhenSettledAsync() => Wait.UntilAsync(
        () => Scalar($"SELECT count(*) FROM {KeptFiles} WHERE state = 'queued'") == 0,
        () => $"{Scalar($"SELECT count(*) FROM {KeptFiles} WHERE state = 'queued'")} of {CountAccepted()} files are queued");

    /// <summary>
    /// Removes the objects of uploads that were interrupted before they were accepted, as a server does once they are hours
    /// old. No server may be running.
    /// </summary>
    public async Task SweepAsync()
    {
        using var database = new SqliteDatabase(new() { Path = Database });
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow() + new WorkOptions().OrphanGrace + TimeSpan.FromMinutes(1));
        var objects = new FolderObjectStore(new() { Root = Path });
        await new OrphanSweeper(
            objects, new SqliteFileStore(database), new StorePairing(new SqlitePairing(database), objects), Options.Create(new WorkOptions()), time,
            NullLogger<OrphanSweeper>.Instance).SweepAsync(CancellationToken.None);
    }

    /// <summary>As <see cref="AssertWhole(int, int?)"/>, after some of the files were deleted.</summary>
    /// <param name="files">Number of accepted files.</param>
    /// <param name="deleted">How many of them were deleted; their inspections stay.</param>
    public void AssertWhole(int files, int deleted)
    {
        Assert.Equal(files, CountInspected());
        Assert.Equal(files - deleted, Scalar($"SELECT count(*) FROM {KeptFiles} f JOIN inspections i ON i.file_id = f.id WHERE f.state = 'completed'"));
        Assert.Equal(files - deleted, CountAccepted());
        AssertNothingStray(swept: false);
    }

    /// <summary>Asserts that every file has its bytes and exactly one inspection, and that there is nothing else.</summary>
    /// <param name="files">Number of files.</param>
    /// <param name="inspections">Number of inspections; more than files if files were deleted.</param>
    public void AssertWhole(int files, int? inspections = null)
    {
        Assert.Equal(files, CountAccepted());
        Assert.Equal(files, Scalar($"SELECT count(*) FROM {KeptFiles} WHERE state = 'completed'"));
        Assert.Equal(files, Scalar($"SELECT count(*) FROM {KeptFiles} f JOIN inspections i ON i.file_id = f.id AND i.id = f.inspection_id"));
        Assert.Equal(inspections ?? files, CountInspected());
        Assert.Equal(inspections ?? files, Scalar("SELECT count(DISTINCT file_id) FROM inspections"));
        Assert.Equal(files, FileObjects.Count(key => key.EndsWith("/metadata.json", StringComparison.Ordinal)));
        AssertNothingStray();
    }

    /// <summary>Asserts that rows and objects match and that the work ledger is empty.</summary>
    /// <param name="swept">Whether a sweep has run since the last deletion; until then a deletion stays recorded.</param>
    public void AssertNothingStray(bool swept = true)
    {
        // Files of release 0.1.0 have no metadata object.
        var originals = Texts($"SELECT object_key FROM {KeptFiles} ORDER BY object_key");
        Assert.Equal(originals, FileObjects.Except(originals.Select(Storage.FileObjects.MetadataOf)));
        if (swept)
        {
            Assert.Equal(0, Scalar("SELECT count(*) FROM deleted_files"));
        }

        Assert.Empty(EmptyFileFolders);
        Assert.Equal(0, Scalar("SELECT count(*) FROM OrleansStorage WHERE GrainTypeString IN ('file', 'report')"));
        Assert.Equal(0, Scalar("SELECT count(*) FROM work"));
        Assert.Empty(Texts("SELECT key FROM idempotency_keys WHERE answer IS NULL"));
        Assert.Empty(Staged);
    }

    /// <summary>Folders of files that contain no object.</summary>
    public string[] EmptyFileFolders => Directory.Exists(System.IO.Path.Combine(Objects, "files"))
        ? [.. Directory.EnumerateDirectories(System.IO.Path.Combine(Objects, "files"))
            .SelectMany(Directory.EnumerateDirectories)
            .Where(folder => !Directory.EnumerateFileSystemEntries(folder).Any())]
        : [];

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
