// Tên cho ô tìm kiếm của giao diện, để phần mềm đọc màn hình không đọc một hộp thoại không tên (WCAG 4.1.2).
(function () {
  var search = document.querySelector('.md-search[role="dialog"]');
  if (search) search.setAttribute("aria-label", "Tìm kiếm");
})();
