namespace Chitti.Storage.Tests;

// The contract tests on SQLite, one line each.
public sealed class SqliteFileStoreTests() : FileStoreTests(SqliteTestStorage.OpenAsync);

public sealed class SqliteFileListTests() : FileListTests(SqliteTestStorage.OpenAsync);

public sealed class SqliteLeaseTests() : LeaseTests(SqliteTestStorage.OpenAsync);

public sealed class SqliteWorkLedgerTests() : WorkLedgerTests(SqliteTestStorage.OpenAsync);

public sealed class SqliteReportStoreTests() : ReportStoreTests(SqliteTestStorage.OpenAsync);

public sealed class SqliteIdempotencyStoreTests() : IdempotencyStoreTests(SqliteTestStorage.OpenAsync);

public sealed class SqliteProfileListTests() : ProfileListTests(SqliteTestStorage.OpenAsync);

public sealed class SqliteInspectionStoreTests() : InspectionStoreTests(SqliteTestStorage.OpenAsync);

public sealed class SqlitePairingTests() : PairingTests(SqliteTestStorage.OpenAsync);
